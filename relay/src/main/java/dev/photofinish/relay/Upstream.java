package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.source.PublishPoint;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a camera, as its readers see it: what comes is handed to the {@link
 * Fanout}, and what happens while it is away. Everything happens on one event loop.
 */
class Upstream {
  static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final long SECOND = 1_000_000_000L;

  /** RFC 3550 section 6.2: the usual interval of reports. */
  private static final int REPORT_SECONDS = 5;

  /** Packets without a picture for so long are not what was asked for. */
  private static final long NO_PICTURE = 5 * SECOND;

  /** After it another connection is tried. */
  private static final long NO_PICTURE_AT_ALL = 15 * SECOND;

  /**
   * A stream that gave up is tried again after it, while someone wants it, and not before, however
   * often it is asked for: cameras lock accounts.
   */
  private static final int SECONDS_AFTER_FAILURE = 30;

  /**
   * The state, said once.
   *
   * @param reason human-readable
   */
  record State(RelayState state, Instant since, String reason) {}

  final DefaultRelayedCamera camera;
  final EventLoop loop;
  private final RtspClient client;
  private final RelayListener listener;

  /** Of the relay's users. */
  private final CameraListener users;

  private final FrameMeter meter = new FrameMeter();
  private final ServedTracks served;

  private volatile State state = new State(RelayState.IDLE, Instant.now(), "nobody reads it");
  private volatile FrameShare share = new FrameShare(Double.NaN, Double.NaN, Double.NaN);
  private volatile @Nullable CameraStream stream;

  // On the loop.
  private @Nullable Future<?> ticks;

  private int second;
  private int frames;
  private int failedFor;
  private long lastPacket;
  private long lastPicture;
  private boolean over;

  Upstream(DefaultRelayedCamera camera, RtspClient client, EventLoop loop, RelayListener listener) {
    this.camera = camera;
    this.client = client;
    this.loop = loop;
    this.listener = listener;
    this.users = listener.streams(camera);
    this.served = new ServedTracks(camera);
  }

  void start() {
    ticks = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  // ---- What is known, on any thread

  State state() {
    return state;
  }

  ServedTracks served() {
    return served;
  }

  FrameShare share() {
    return share;
  }

  @Nullable CameraStream stream() {
    return stream;
  }

  /** The place of a publisher; empty where the relay connects by itself. */
  Optional<PublishPoint> publishPoint() {
    return Optional.empty();
  }

  /** Whether readers can be told what they get. */
  boolean isServed() {
    boolean away = state.state == RelayState.AWAY || state.state == RelayState.FAILED;
    return !served.offered().isEmpty() && !(away && isClosing());
  }

  private boolean isClosing() {
    return camera.options().whileAway() == WhileAway.CLOSE;
  }

  // ---- The stream

  /** How long it is not tried again after it gave up; zero if it may be tried. */
  Duration rest() {
    return state.state == RelayState.FAILED && failedFor < SECONDS_AFTER_FAILURE
        ? Duration.ofSeconds(SECONDS_AFTER_FAILURE - failedFor)
        : Duration.ZERO;
  }

  /** Connects, unless it is connected, rests after a failure, or was ended. */
  void open() {
    if (stream != null || over || !rest().isZero()) {
      return;
    }
    failedFor = 0;
    lastPicture = System.nanoTime();
    enter(served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY, "connecting");
    stream = client.start(camera.camera(), CameraListener.all(new Events(), users), loop);
  }

  /** Whether something may come. */
  boolean isOpen() {
    return stream != null;
  }

  private void close(RelayState next, String reason) {
    CameraStream open = stream;
    stream = null;
    if (open != null) {
      open.closeAsync();
    }
    enter(next, reason);
  }

  final void enter(RelayState next, String reason) {
    State before = state;
    if (before.state == next) {
      return;
    }
    state = new State(next, Instant.now(), reason);
    listener.state(camera, before.state, next, reason);
    boolean away = next == RelayState.AWAY || next == RelayState.FAILED;
    if (away && isClosing()) {
      served.end("the camera is away: " + reason);
    }
  }

  private final class Events implements CameraListener {
    @Override
    public void state(CameraStream of, CameraState from, CameraState to, String reason) {
      if (of == stream) {
        streamState(to, reason);
      }
    }

    @Override
    public void race(CameraStream of, RaceReport report) {
      listener.race(camera, report);
    }

    @Override
    public void described(CameraStream of, List<MediaStream> streams) {
      if (of == stream) {
        served.described(streams);
      }
    }

    @Override
    public void packet(CameraStream of, RtpPacket packet) {
      if (of == stream) {
        Upstream.this.packet(packet);
      }
    }

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      if (of == stream) {
        Upstream.this.frame(media, frame);
      }
    }
  }

  final void packet(RtpPacket packet) {
    lastPacket = System.nanoTime();
    served.packet(packet, lastPacket);
  }

  final void frame(MediaStream media, Frame frame) {
    long now = System.nanoTime();
    if (frame.codec().kind() == Codec.Kind.VIDEO) {
      picture(now);
    }
    served.frame(media, frame, now);
  }

  private void picture(long now) {
    frames++;
    lastPicture = now;
    if (state.state == RelayState.STALLED) {
      enter(RelayState.PLAYING, "pictures come again");
    }
  }

  /** It plays: a picture is due from now on. */
  final void playing(String reason) {
    lastPicture = System.nanoTime();
    enter(RelayState.PLAYING, reason);
  }

  private void streamState(CameraState to, String reason) {
    RelayState without = served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY;
    switch (to) {
      case CONNECTING, RECONNECTING -> enter(without, reason);
      case PLAYING -> playing(reason);
      case STALLED, PAUSED -> enter(RelayState.STALLED, reason);
      case ENDED, FAILED, CLOSED -> {
        stream = null;
        failedFor = 0;
        enter(RelayState.FAILED, reason);
        camera.failed();
      }
    }
  }

  // ---- Each second

  private void tick() {
    long now = System.nanoTime();
    second++;
    count();
    if (second % REPORT_SECONDS == 0) {
      served.fanout().ifPresent(fanout -> fanout.report(now));
    }
    second(camera.isWanted(), now);
    watchPictures(now);
    if (isGone() && camera.options().whileAway() == WhileAway.REPEAT) {
      served.fanout().ifPresent(fanout -> fanout.repeat(now));
    }
  }

  /** Opens or closes what is wanted or not. */
  void second(boolean wanted, long now) {
    if (!wanted && stream != null) {
      close(RelayState.IDLE, "nobody reads it");
      served.fanout().ifPresent(Fanout::release);
    } else if (stream == null && ++failedFor >= SECONDS_AFTER_FAILURE && wanted) {
      open();
    }
  }

  private void count() {
    if (!isOpen()) {
      meter.idle();
    } else {
      meter.second(frames);
    }
    frames = 0;
    share = meter.share();
  }

  private boolean isGone() {
    boolean gone = state.state == RelayState.AWAY || state.state == RelayState.STALLED;
    return gone && Instant.now().minusSeconds(1).isAfter(state.since);
  }

  /** Packets may come that never make a picture. */
  private void watchPictures(long now) {
    boolean comes = now - lastPacket < NO_PICTURE;
    boolean hasVideo = served.fanout().filter(Fanout::hasVideo).isPresent();
    if (!hasVideo || !comes || !isOpen()) {
      return;
    }
    if (state.state == RelayState.PLAYING && now - lastPicture > NO_PICTURE) {
      enter(RelayState.STALLED, "packets come, but no picture for 5 s");
    } else if (state.state == RelayState.STALLED && now - lastPicture > NO_PICTURE_AT_ALL) {
      String reason = "packets come, but no picture for 15 s";
      LOG.warn("{}: {}: it begins again", camera.name(), reason);
      again(reason);
    }
  }

  /** What comes is of no use. */
  void again(String reason) {
    close(RelayState.AWAY, reason);
    open();
  }

  // ---- The end

  final boolean isOver() {
    return over;
  }

  /** Ends it for good. */
  void end(String reason, CompletableFuture<Void> done) {
    over = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
    served.end(reason);
    close(reason, done);
  }

  /** Closes what is open, for good. */
  void close(String reason, CompletableFuture<Void> done) {
    CameraStream open = stream;
    stream = null;
    if (open == null) {
      done.complete(null);
    } else {
      CompletableFuture<?> unused =
          open.closeAsync().toCompletableFuture().whenComplete((ended, e) -> done.complete(null));
    }
  }
}
