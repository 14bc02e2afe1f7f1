package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connector;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.limit.ClientLimits;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RangeHeader;
import dev.photofinish.rtsp.stream.PlayPosition;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A {@link CameraStream}: the supervisor's face for other threads and for listeners. */
final class DefaultCameraStream implements CameraStream {
  private final Camera camera;
  private final EventLoop loop;
  private final Ticker clock;
  private final Connector connector;
  private final StreamRecord record;
  private final StreamReports reports;
  private final BooleanSupplier onLoop;
  private final Consumer<DefaultCameraStream> onOver;
  private final PlayPosition position;
  private final AttemptFactory attempts;
  private final CameraSupervisor supervisor;

  private final CompletableFuture<CameraStream> playing = new CompletableFuture<>();
  private final CompletableFuture<StreamStatistics> ended = new CompletableFuture<>();
  private volatile boolean autoRead = true;

  /**
   * @param loop on which everything of this stream happens
   * @param connecting what the stream's connector is made with, beside loop and TLS
   * @param mayDial asked before each dial
   * @param onLoop whether the caller is on an event loop of the client, which must not wait
   * @param onOver called on it when everything is closed
   */
  DefaultCameraStream(
      Camera camera,
      EventLoop loop,
      Connector.Builder connecting,
      RandomGenerator random,
      ClientLimits limits,
      CameraListener listener,
      BooleanSupplier mayDial,
      BooleanSupplier onLoop,
      Consumer<DefaultCameraStream> onOver) {
    this.camera = camera;
    this.loop = loop;
    this.clock = Ticker.systemTicker();
    this.record = new StreamRecord(clock.nanoTime());
    CameraListener listeners = new Listeners(new LogListener(), listener, new FirstMedia());
    this.reports = new StreamReports(this, listeners);
    this.connector =
        connecting
            .eventLoopGroup(loop)
            .tls(camera.tls())
            .route(camera.route())
            .listener(listeners.races(this))
            .build();
    this.onLoop = onLoop;
    this.onOver = onOver;
    this.position = new PlayPosition(camera.replay().request());
    this.attempts = new AttemptFactory(camera, connector, random, clock, mayDial, position::next);
    this.supervisor =
        new CameraSupervisor(
            camera,
            attempts,
            position,
            loop,
            clock,
            new RetrySchedule(camera.retry(), camera.race().connectionRacing(), random),
            limits,
            record,
            reports,
            this::over);
  }

  /** Hands its frames to {@code sink} too. */
  void take(FrameSink sink) {
    reports.frames().add(sink);
  }

  void start() {
    loop.execute(supervisor::start);
  }

  @Override
  public String url() {
    return camera.toString();
  }

  @Override
  public CameraState state() {
    return reports.state();
  }

  @Override
  public List<MediaStream> streams() {
    return record.streams();
  }

  @Override
  public Optional<String> description() {
    return record.description();
  }

  @Override
  public StreamStatistics statistics() {
    return record.snapshot(reports.state(), clock.nanoTime());
  }

  @Override
  public Duration age() {
    return record.sinceOpened(clock.nanoTime());
  }

  @Override
  public boolean autoRead() {
    return autoRead;
  }

  @Override
  public void autoRead(boolean read) {
    autoRead = read;
    if (!ended.isDone()) {
      loop.execute(() -> supervisor.autoRead(read));
    }
  }

  @Override
  public void requestKeyFrame() {
    if (!ended.isDone()) {
      loop.execute(supervisor::requestKeyFrame);
    }
  }

  @Override
  public BackChannel backChannel() {
    return supervisor.backChannel();
  }

  // ---- What plays

  @Override
  public Optional<RangeHeader> position() {
    return position.reached();
  }

  @Override
  public CompletionStage<Void> pause() {
    return ask(StreamControl::pause);
  }

  @Override
  public CompletionStage<Void> resume() {
    return ask(StreamControl::resume);
  }

  @Override
  public CompletionStage<Void> seek(RangeHeader to) {
    return ask(control -> control.seek(to));
  }

  @Override
  public CompletionStage<Void> play(ReplayOptions replay) {
    return ask(control -> control.play(replay));
  }

  @Override
  public CompletionStage<ParameterBody> getParameter(ParameterBody names) {
    return exchange(Method.GET_PARAMETER, names);
  }

  @Override
  public CompletionStage<ParameterBody> setParameter(ParameterBody values) {
    return exchange(Method.SET_PARAMETER, values);
  }

  private CompletionStage<ParameterBody> exchange(Method method, ParameterBody content) {
    if (content.body().length() > ParameterBody.MOST_BYTES) {
      throw new IllegalArgumentException(
          "Expected at most " + ParameterBody.MOST_BYTES + " bytes, not " + content.body());
    }
    return ask(control -> control.exchange(method, content));
  }

  /** Asks on the event loop, which knows what plays. */
  private <T> CompletionStage<T> ask(Function<StreamControl, CompletableFuture<T>> request) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (ended.isDone()) {
      answer.completeExceptionally(new RequestFailedException("the stream is over", 0));
    } else {
      loop.execute(() -> copy(request.apply(supervisor.control()), answer));
    }
    return answer.minimalCompletionStage();
  }

  private static <T> void copy(CompletableFuture<T> from, CompletableFuture<T> to) {
    CompletableFuture<?> unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                to.complete(value);
              } else {
                boolean wrapped = failure instanceof CompletionException;
                to.completeExceptionally(wrapped ? failure.getCause() : failure);
              }
            });
  }

  @Override
  public Flow.Publisher<Frame> frames(FrameOptions options) {
    return new FramePublisher(reports.frames(), options);
  }

  // ---- From open to close

  @Override
  public CompletionStage<CameraStream> playing() {
    return playing.minimalCompletionStage();
  }

  @Override
  public CompletionStage<StreamStatistics> ended() {
    return ended.minimalCompletionStage();
  }

  @Override
  public CompletionStage<StreamStatistics> closeAsync(String reason) {
    if (!ended.isDone()) {
      loop.execute(() -> supervisor.close(reason));
    }
    return ended();
  }

  @Override
  public void close() {
    closeAsync();
    if (!onLoop.getAsBoolean()) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    try {
      ended.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      // It gave up before it was closed; that was reported.
    }
  }

  /** Completes the stage of {@link #playing}, after the user's listener has heard of it. */
  private final class FirstMedia implements CameraListener {
    @Override
    public void state(CameraStream of, CameraState from, CameraState to, String reason) {
      if (to == CameraState.PLAYING) {
        playing.complete(DefaultCameraStream.this);
      }
    }
  }

  /** Nothing is dialled any more; it has ended when the camera has closed everything too. */
  private void over(@Nullable Throwable failure) {
    connector.close();
    playing.completeExceptionally(
        failure == null
            ? new CameraFailedException(camera + ": closed before media came", null)
            : failure);
    attempts.whenClosed(() -> closed(failure));
  }

  private void closed(@Nullable Throwable failure) {
    onOver.accept(this);
    if (failure == null) {
      ended.complete(statistics());
    } else {
      ended.completeExceptionally(failure);
    }
  }
}
