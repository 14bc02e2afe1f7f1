package dev.photofinish.rtsp.client;

import dev.photofinish.clientlimit.ClientLimit;
import dev.photofinish.connect.Connector;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.rtsp.limit.ClientLimits;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Opens streams of cameras and keeps them up. One client serves any number of cameras; its threads,
 * sockets and timers are gone after {@link #close}.
 *
 * <pre>{@code
 * try (RtspClient client = new RtspClient();
 *     CameraStream stream = client.open(Camera.at("rtsp://192.0.2.1/stream"))) {
 *   System.out.println(stream.streams());
 * }
 * }</pre>
 *
 * <p>The three forms do the same: {@link #start} returns at once, {@link #openAsync} adds a stage,
 * {@link #open} waits for it. A listener may be given to each; {@link CameraListener} says which
 * other streams it stalls if it blocks.
 */
public final class RtspClient implements AutoCloseable {
  private final ClientThreads threads;
  private final RandomGenerator random;
  private final CameraConnectors connectors;
  private final BooleanSupplier mayDial;
  private final ClientLimits limits;
  private final OpenStreams open = new OpenStreams();

  /** A client with a few threads of its own and the defaults of a {@link #builder}. */
  public RtspClient() {
    this(builder());
  }

  private RtspClient(Builder from) {
    threads = new ClientThreads(from.group);
    random = from.random;
    mayDial = from.mayDial;
    limits = from.limits;
    connectors = new CameraConnectors(from.history, from.limiter, from.connectors);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The settings of a client; everything has a default. */
  public static final class Builder {
    private @Nullable EventLoopGroup group;
    private RandomGenerator random = new SecureRandom();
    private SharedHistory history = new SharedHistory();
    private @Nullable SharedDialLimiter limiter;
    private BooleanSupplier mayDial = () -> true;
    private @Nullable Supplier<Connector.Builder> connectors;
    private ClientLimits limits = new ClientLimits();

    private Builder() {}

    /** Event loops that the client does not end; the default is a few threads of its own. */
    public Builder eventLoopGroup(EventLoopGroup value) {
      group = value;
      return this;
    }

    /**
     * Draws jitter, what Digest needs, and keys that cameras are offered; used by several threads.
     */
    public Builder random(RandomGenerator value) {
      random = value;
      return this;
    }

    /** What the client's races learn of addresses, shared with all that are given the same. */
    public Builder history(SharedHistory value) {
      history = value;
      return this;
    }

    /**
     * What the client's streams may dial, together with all that are given the same; the default is
     * {@link Connector#processLimiter}. Dials of one host are 10 ms apart unless it says otherwise.
     */
    public Builder limiter(SharedDialLimiter value) {
      limiter = value;
      return this;
    }

    /**
     * Asked on an event loop before each dial of a stream, which fails while this is false, and is
     * tried again as after any failure; must not block. The default is always true.
     */
    public Builder mayDial(BooleanSupplier value) {
      mayDial = value;
      return this;
    }

    /** Begins a stream's connector: where names come from, such as a hosts file. */
    Builder connectors(Supplier<Connector.Builder> value) {
      connectors = value;
      return this;
    }

    /** What the client's streams learn of cameras, beside what races learn of addresses. */
    Builder limits(ClientLimits value) {
      limits = value;
      return this;
    }

    public RtspClient build() {
      return new RtspClient(this);
    }
  }

  /** {@link #start(Camera, CameraListener)} without a listener. */
  public CameraStream start(Camera camera) {
    return start(camera, CameraListener.NONE);
  }

  /**
   * Starts connecting and returns at once.
   *
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   * @throws IllegalStateException after {@link #close}
   */
  public CameraStream start(Camera camera, CameraListener listener) {
    return start(camera, listener, threads.next(), stream -> {});
  }

  /**
   * As {@link #start(Camera, CameraListener)}, with everything of the stream on one event loop, so
   * that what else happens there needs no lock.
   *
   * @param loop of the group that the client was given
   * @throws IllegalArgumentException for a loop of another group
   */
  public CameraStream start(Camera camera, CameraListener listener, EventLoop loop) {
    threads.mustHave(loop);
    return start(camera, listener, loop, stream -> {});
  }

  private CameraStream start(
      Camera camera, CameraListener listener, EventLoop loop, Consumer<DefaultCameraStream> first) {
    return open.start(
        () -> {
          DefaultCameraStream stream =
              new DefaultCameraStream(
                  camera,
                  loop,
                  connectors.of(camera),
                  random,
                  limits,
                  listener,
                  mayDial,
                  threads::isOnLoop,
                  open::remove);
          first.accept(stream);
          return stream;
        });
  }

  /**
   * Sends a stream to a server (ANNOUNCE, RECORD), over a connection that is made again whenever it
   * is lost; returns at once.
   *
   * @param to the address of the stream there, and how it is reached: its options of the race, of
   *     retries and of TLS, its login
   * @param media what is sent, numbered from 0, 1 to 16: of {@link MediaStream#of(int,
   *     dev.photofinish.rtp.format.FrameFormat)} where frames are sent, those of a camera where its
   *     packets are
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   * @throws IllegalStateException after {@link #close}
   */
  public StreamPublisher publish(Camera to, List<MediaStream> media, PublishListener listener) {
    return open.publish(
        () ->
            new StreamPublisher(
                to, media, threads.next(), connectors.of(to), random, listener, open::remove));
  }

  /** {@link #openAsync(Camera, CameraListener)} without a listener. */
  public CompletionStage<CameraStream> openAsync(Camera camera) {
    return openAsync(camera, CameraListener.NONE);
  }

  /**
   * As {@link #start(Camera, CameraListener)}; the stage completes when media first comes. Its
   * future may be cancelled, which closes the stream.
   */
  public CompletionStage<CameraStream> openAsync(Camera camera, CameraListener listener) {
    return new Opening(start(camera, listener)).stage();
  }

  /** {@link #open(Camera, CameraListener)} without a listener. */
  public CameraStream open(Camera camera) throws IOException, InterruptedException {
    return open(camera, CameraListener.NONE);
  }

  /**
   * As {@link #start(Camera, CameraListener)}, and waits until media comes.
   *
   * @throws CameraFailedException when the stream gave up before
   * @throws IllegalStateException in a listener, which must not wait: use {@link #openAsync}
   * @throws InterruptedException when the waiting thread was interrupted; the stream is closed
   */
  public CameraStream open(Camera camera, CameraListener listener)
      throws IOException, InterruptedException {
    threads.mayWait("open()", "openAsync()");
    return new Opening(start(camera, listener)).await();
  }

  /** {@link #read(Camera, int, CameraListener)} without a listener. */
  public PacketReader read(Camera camera, int capacity) {
    return read(camera, capacity, CameraListener.NONE);
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
        new PacketReader(
            capacity, () -> threads.mayWait("PacketReader.next()", "packet() of a listener"));
    return reader.of(start(camera, new Listeners(listener, reader.feeder())));
  }

  /** {@link #readFrames(Camera, FrameOptions, CameraListener)} with the defaults. */
  public FrameReader readFrames(Camera camera) {
    return readFrames(camera, FrameOptions.defaults(), CameraListener.NONE);
  }

  /**
   * Starts connecting; frames are taken from the reader, states are seen on its stream and by
   * {@code listener}.
   */
  public FrameReader readFrames(Camera camera, FrameOptions options, CameraListener listener) {
    FrameReader reader =
        new FrameReader(
            options,
            camera.toString(),
            () -> threads.mayWait("FrameReader.next()", "frame() of a listener"));
    start(camera, listener, threads.next(), stream -> stream.take(reader.feeder(stream)));
    return reader;
  }

  /**
   * What this client's streams have learnt of how many clients a camera takes, on the present local
   * network: of the first of its endpoints of which something is known. Empty when nothing says
   * that it takes few. All streams of the client follow it; it lasts 10 minutes without new
   * evidence.
   *
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   */
  public Optional<ClientLimit> profile(Camera camera) {
    return limits.profile(
        new Destination(camera).target().endpoints(), Ticker.systemTicker().nanoTime());
  }

  /**
   * Takes in what another client has learnt of how many clients a camera takes, as if this one had:
   * for all of its endpoints, on the present local network. What this client has seen as late, or
   * sees later, holds.
   *
   * @param limit as of {@link #profile}
   * @param age since it was seen; from 10 minutes it is forgotten
   * @throws dev.photofinish.option.InvalidOptionException for a host that cannot be dialled
   */
  public void remember(Camera camera, ClientLimit limit, Duration age) {
    limits.restore(
        new Destination(camera).target().endpoints(), limit, age, Ticker.systemTicker().nanoTime());
  }

  /**
   * Closes every stream in order, all at once, then the threads. In a listener it does not wait:
   * all is closed soon after.
   */
  @Override
  public void close() {
    threads.endAfter(open.close(!threads.isOnLoop()));
  }
}
