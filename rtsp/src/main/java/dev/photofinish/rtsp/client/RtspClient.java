package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.Connector;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.limit.ClientLimits;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Opens streams of cameras and keeps them up. One client serves any number of cameras; its threads,
 * sockets and timers are gone after {@link #close}.
 *
 * <p>The three forms do the same: {@link #start} reports to a listener alone, {@link #openAsync}
 * adds a stage, {@link #open} waits for it.
 */
public final class RtspClient implements AutoCloseable {
  private static final int MAX_THREADS = 4;
  private static final long SHUTDOWN_SECONDS = 5;

  private final EventLoopGroup group;
  private final boolean ownsGroup;
  private final RandomGenerator random;
  private final Supplier<Connector.Builder> connectors;
  private final SharedHistory history;
  private final ClientLimits limits = new ClientLimits();
  private final Set<DefaultCameraStream> streams = ConcurrentHashMap.newKeySet();
  private final Object lifecycle = new Object();
  private boolean closed;

  /** A client with a few threads of its own. */
  public RtspClient() {
    this(new SharedHistory());
  }

  /**
   * A client with a few threads of its own.
   *
   * @param limiter what its streams may dial, together and with whoever else has it; the default is
   *     {@link Connector#processLimiter}. Dials of one host are 10 ms apart unless it says
   *     otherwise
   */
  public RtspClient(SharedDialLimiter limiter) {
    this(limiter, new SharedHistory());
  }

  /** As above, and what its races learn of addresses is shared with whoever has it. */
  public RtspClient(SharedDialLimiter limiter, SharedHistory history) {
    this(ownGroup(), true, new SecureRandom(), history, within(limiter));
  }

  /**
   * A client with a few threads of its own.
   *
   * @param history what its races learn of addresses, shared with whoever else has it
   */
  public RtspClient(SharedHistory history) {
    this(ownGroup(), true, new SecureRandom(), history, within(Connector.processLimiter()));
  }

  /**
   * A client on event loops that it does not end.
   *
   * @param random draws jitter and what Digest needs; used by several threads
   */
  public RtspClient(EventLoopGroup group, RandomGenerator random) {
    this(group, random, new SharedHistory());
  }

  /**
   * A client on event loops that it does not end.
   *
   * @param random draws jitter and what Digest needs; used by several threads
   * @param history what its races learn of addresses, shared with whoever else has it
   */
  public RtspClient(EventLoopGroup group, RandomGenerator random, SharedHistory history) {
    this(group, false, random, history, within(Connector.processLimiter()));
  }

  /**
   * A client with a few threads of its own.
   *
   * @param connectors begins a stream's connector: where names come from, such as a hosts file
   */
  RtspClient(Supplier<Connector.Builder> connectors) {
    this(ownGroup(), true, new SecureRandom(), new SharedHistory(), connectors);
  }

  private RtspClient(
      EventLoopGroup group,
      boolean ownsGroup,
      RandomGenerator random,
      SharedHistory history,
      Supplier<Connector.Builder> connectors) {
    this.group = group;
    this.ownsGroup = ownsGroup;
    this.random = random;
    this.history = history;
    this.connectors = connectors;
  }

  private static Supplier<Connector.Builder> within(SharedDialLimiter limiter) {
    DialLimiter ofCameras = limiter.withSameHostGap(DialLimiterOptions.CAMERA_GAP);
    return () -> Connector.builder().limiter(ofCameras);
  }

  private static EventLoopGroup ownGroup() {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("photofinish-rtsp", true), io);
  }

  /**
   * Starts connecting and returns at once.
   *
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   * @throws IllegalStateException after {@link #close}
   */
  public CameraStream start(Camera camera, CameraListener listener) {
    synchronized (lifecycle) {
      return startWhileOpen(camera, listener);
    }
  }

  private CameraStream startWhileOpen(Camera camera, CameraListener listener) {
    if (closed) {
      throw new IllegalStateException("the client is closed; expected one that is open");
    }
    DefaultCameraStream stream =
        new DefaultCameraStream(
            camera,
            group.next(),
            connectors.get().history(history),
            random,
            limits,
            listener,
            this::isOnLoop,
            streams::remove);
    streams.add(stream);
    stream.start();
    return stream;
  }

  /**
   * As {@link #start}; the stage completes when media first comes. Its future may be cancelled,
   * which closes the stream.
   */
  public CompletionStage<CameraStream> openAsync(Camera camera, CameraListener listener) {
    CameraStream stream = start(camera, listener);
    CompletableFuture<CameraStream> playing = stream.playing().toCompletableFuture();
    CompletableFuture<?> unused =
        playing.whenComplete(
            (opened, failure) -> {
              if (playing.isCancelled()) {
                stream.closeAsync();
              }
            });
    return playing;
  }

  /** Whether the calling thread is one of the client's event loops, such as a listener's. */
  private boolean isOnLoop() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  private void mayWait(String method, String instead) {
    if (isOnLoop()) {
      throw new IllegalStateException(
          method
              + " waits, and a listener must not: the event loop that would end the wait is its"
              + " own; call "
              + instead);
    }
  }

  /**
   * As {@link #start}, and waits until media comes.
   *
   * @throws CameraFailedException when the stream gave up before
   * @throws IllegalStateException in a listener, which must not wait: use {@link #openAsync}
   * @throws InterruptedException when the waiting thread was interrupted; the stream is closed
   */
  public CameraStream open(Camera camera, CameraListener listener)
      throws IOException, InterruptedException {
    mayWait("open()", "openAsync()");
    CameraStream stream = start(camera, listener);
    try {
      return stream.playing().toCompletableFuture().get();
    } catch (InterruptedException e) {
      stream.closeAsync();
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new CameraFailedException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /**
   * Starts connecting; packets are taken from the reader, states are seen on its stream and by
   * {@code listener}.
   *
   * @param capacity packets kept for the reader before the camera is made to wait, 1 or more
   * @throws IllegalArgumentException for a capacity below 1
   */
  public PacketReader read(Camera camera, int capacity, CameraListener listener) {
    PacketReader reader =
        new PacketReader(capacity, () -> mayWait("PacketReader.next()", "packet() of a listener"));
    return reader.of(start(camera, new Listeners(listener, reader.feeder())));
  }

  /**
   * What this client's streams have learnt of how many clients a camera takes, on the present local
   * network: of the first of its endpoints of which something is known. Empty when nothing says
   * that it takes few. All streams of the client go by it; it lasts 10 minutes without new
   * evidence.
   *
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   */
  public Optional<ClientLimit> profile(Camera camera) {
    return new Destination(camera)
        .target().endpoints().stream()
            .map(limits::key)
            .map(key -> limits.profile(key, Ticker.systemTicker().nanoTime()))
            .flatMap(Stream::ofNullable)
            .findFirst();
  }

  /**
   * Closes every stream in order, all at once, then the threads. In a listener it does not wait:
   * all is closed soon after.
   */
  @Override
  public void close() {
    List<DefaultCameraStream> open;
    synchronized (lifecycle) {
      closed = true;
      open = List.copyOf(streams);
    }
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (DefaultCameraStream stream : open) {
      ends.add(stream.closeAsync().toCompletableFuture());
    }
    boolean waits = !isOnLoop();
    if (waits) {
      open.forEach(CameraStream::close);
    }
    if (ownsGroup) {
      CompletableFuture<?> threads =
          CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
              .handle((ended, failure) -> shutDown().isDone());
      if (waits) {
        threads.join();
        group.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private Future<?> shutDown() {
    return group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
