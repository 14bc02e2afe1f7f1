package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Connection;
import dev.photofinish.connect.RaceException;
import dev.photofinish.option.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetrySchedule;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.limit.ClientLimits;
import dev.photofinish.rtsp.limit.LimitObserver;
import dev.photofinish.rtsp.loop.EarliestTimer;
import dev.photofinish.rtsp.message.RtspUrl;
import dev.photofinish.rtsp.stream.PlayPosition;
import dev.photofinish.rtsp.stream.StreamCommand;
import dev.photofinish.rtsp.stream.StreamEvent;
import dev.photofinish.rtsp.stream.StreamMachine;
import dev.photofinish.rtsp.stream.StreamSettings;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Drives a {@link StreamMachine}: hands it the events of races, connections and the timer, and does
 * what it commands. Everything happens on one event loop; what arrives while commands run waits.
 */
final class CameraSupervisor
    implements StreamCommand.Driver<CameraPlayback>,
        RaceRunner.Listener,
        CameraPlayback.Stream,
        StreamControl.Stream {
  private static final Logger LOG = LoggerFactory.getLogger(CameraSupervisor.class);

  private final Camera camera;
  private final AttemptFactory attempts;
  private final EventLoop loop;
  private final Ticker clock;
  private final StreamRecord record;
  private final StreamReports reports;
  private final Consumer<@Nullable Throwable> onOver;
  private final Destination destination;
  private final LimitObserver observer;
  private final RaceRunner races;
  private final StreamMachine<CameraPlayback> machine;
  private final PlayPosition position;
  private final StreamControl control;
  private final BackChannel backChannel;
  private final EarliestTimer timer;
  private final Deque<StreamEvent<CameraPlayback>> pending = new ArrayDeque<>();

  private boolean draining;
  private boolean autoRead = true;
  private int retries;
  private @Nullable Throwable lastFailure;

  /**
   * @param onOver called when everything is closed, with why the stream gave up; null if it did not
   */
  CameraSupervisor(
      Camera camera,
      AttemptFactory attempts,
      PlayPosition position,
      EventLoop loop,
      Ticker clock,
      RetrySchedule schedule,
      ClientLimits limits,
      StreamRecord record,
      StreamReports reports,
      Consumer<@Nullable Throwable> onOver) {
    this.camera = camera;
    this.attempts = attempts;
    this.position = position;
    this.control = new StreamControl(this, position, camera.replay());
    this.backChannel = new BackChannel(camera.options().backChannel(), loop);
    this.loop = loop;
    this.clock = clock;
    this.record = record;
    this.reports = reports;
    this.onOver = onOver;
    this.destination = new Destination(camera);
    this.observer = new LimitObserver(camera.limitSettings(), limits, clock, reports::device);
    this.races = new RaceRunner(attempts, destination, observer, this);
    StreamSettings settings =
        new StreamSettings(
            camera.toString(), camera.retry().stableAfter(), camera.options().maxRedirects());
    this.machine =
        new StreamMachine<>(settings, schedule, new ObservedLimits(observer, destination, loop));
    this.timer = new EarliestTimer(clock, late -> handle(new StreamEvent.Tick<>()));
  }

  // ---- For the stream

  void start() {
    handle(new StreamEvent.Opened<>());
  }

  void autoRead(boolean read) {
    autoRead = read;
    CameraPlayback current = machine.current();
    if (current != null && current.hadMedia()) {
      current.connection().reading(read);
    }
  }

  /** Asks the camera for a key frame, where it plays. */
  void requestKeyFrame() {
    CameraPlayback current = machine.current();
    if (current != null) {
      current.connection().requestKeyFrame();
    }
  }

  /** What the user asks for while it runs. */
  StreamControl control() {
    return control;
  }

  void close(String reason) {
    handle(new StreamEvent.CloseRequested<>(reason));
  }

  // ---- Events

  @Override
  public void handle(StreamEvent<CameraPlayback> event) {
    pending.add(event);
    if (draining) {
      return;
    }
    draining = true;
    try {
      drain();
    } finally {
      draining = false;
    }
    timer.arm(loop, machine.deadline());
  }

  private void drain() {
    for (var event = pending.poll(); event != null; event = pending.poll()) {
      machine.handle(event, clock.nanoTime());
      for (var next = machine.poll(); next != null; next = machine.poll()) {
        next.run(this);
      }
    }
  }

  @Override
  public void attemptEnded(EndReason end) {
    handle(new StreamEvent.AttemptEnded<>(end));
  }

  @Override
  public void won(Connection winner) {
    reports.race(winner.report());
    RacingConnection won = RacingConnection.of(winner);
    observer.won(won.tracked());
    CameraPlayback playback = new CameraPlayback(won, this, record, reports);
    won.connection().owner(playback);
    handle(new StreamEvent.RaceWon<>(playback, winner.report()));
  }

  @Override
  public void lost(RaceException failure) {
    lastFailure = failure;
    reports.race(failure.report());
    handle(new StreamEvent.RaceLost<>(failure.report(), String.valueOf(failure.getMessage())));
  }

  @Override
  public void broken(Throwable failure) {
    lastFailure = failure;
    Throwable cause = failure.getCause();
    handle(new StreamEvent.RaceBroken<>(failure + (cause == null ? "" : ": " + cause)));
  }

  @Override
  public boolean isCurrent(CameraPlayback connection) {
    return connection == machine.current();
  }

  @Override
  public @Nullable CameraPlayback current() {
    return machine.current();
  }

  @Override
  public CameraState state() {
    return reports.state();
  }

  @Override
  public BackChannel backChannel() {
    return backChannel;
  }

  @Override
  public PlayPosition position() {
    return position;
  }

  @Override
  public boolean hasPlayed() {
    return machine.played() != null;
  }

  @Override
  public boolean takes(CameraPlayback connection) {
    if (machine.isPlaying(connection)) {
      return true;
    }
    handle(new StreamEvent.MediaCame<>(connection));
    return machine.isPlaying(connection);
  }

  // ---- Commands

  @Override
  public void race(Strategy strategy, int places, @Nullable RtspUrl redirect) {
    races.start(strategy, places);
  }

  @Override
  public void cancelRace() {
    races.cancel();
  }

  @Override
  public void play(CameraPlayback connection) {
    connection.begin();
  }

  @Override
  public void watchAgain(CameraPlayback connection) {
    connection.connection().watch();
  }

  @Override
  public void tearDown(CameraPlayback connection, @Nullable EndReason end) {
    connection.connection().leave(end);
  }

  @Override
  public void abandon(CameraPlayback connection, EndReason end) {
    connection.connection().abandon(end);
  }

  @Override
  public void playing(CameraPlayback connection, boolean first, String reason) {
    if (first) {
      record.connected();
      connection.connection().reading(autoRead);
    }
    if (retries > 1) {
      LOG.info("{}: media is back after {} retries", camera, retries);
    }
    retries = 0;
    attempts.credentialsWork();
    record.outageEnded(clock.nanoTime());
    reports.state(CameraState.PLAYING, reason);
    control.playing();
  }

  @Override
  public void paused(CameraPlayback connection) {
    record.outageEnded(clock.nanoTime());
    reports.state(CameraState.PAUSED, "PAUSE was answered by " + connection.remote());
  }

  @Override
  public void lostWhilePaused(EndReason end) {
    LOG.info("{}: the paused connection is over: {}; the next one waits", camera, end.reason());
  }

  @Override
  public void finished(String reason) {
    lastFailure = null;
    reports.state(CameraState.ENDED, reason);
  }

  @Override
  public void stalled(CameraPlayback connection, String reason) {
    outage();
    reports.state(CameraState.STALLED, reason);
  }

  @Override
  public void reconnecting(String reason) {
    outage();
    reports.state(CameraState.RECONNECTING, reason);
  }

  private void outage() {
    CameraPlayback played = machine.played();
    if (reports.state() == CameraState.PLAYING && played != null) {
      record.outageBegan(played.lastMedia());
    }
  }

  @Override
  public void retryIn(
      int attempt, Duration delay, RetryStrategy strategy, String reason, boolean news) {
    String word = Option.word(strategy);
    retries++;
    // An outage of a thousand retries is a few lines.
    LOG.atLevel(news ? Level.INFO : Level.DEBUG)
        .log("{}: retry {} in {} ms ({}): {}", camera, attempt, delay.toMillis(), word, reason);
    reports.retry(attempt, delay, word, reason);
  }

  @Override
  public void waiting(Duration delay, String reason) {
    LOG.warn("{}: {}; tried again every {} s", camera, reason, delay.toSeconds());
  }

  @Override
  public void closed(String reason) {
    lastFailure = null;
    reports.state(CameraState.CLOSED, reason);
  }

  @Override
  public void failed(TryFailure failure, String reason) {
    lastFailure = new CameraFailedException(camera + ": " + reason, failure, lastFailure);
    reports.state(CameraState.FAILED, reason);
  }

  @Override
  public void over() {
    timer.stop();
    control.over();
    onOver.accept(lastFailure);
  }
}
