package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.fanout.Fanout;
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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection to a camera, as its readers see it: what comes is handed to the {@link
 * Fanout}, and what happens while it is away. Everything happens on one event loop.
 */
final class Upstream {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final long SECOND = 1_000_000_000L;
  private static final String NOBODY = "nobody reads it";

  /** RFC 3550 section 6.2: the usual interval of reports. */
  private static final int REPORT_SECONDS = 5;

  /** Packets without a picture for so long are not what was asked for. */
  private static final long NO_PICTURE = 5 * SECOND;

  /** After it another connection is tried. */
  private static final long NO_PICTURE_AT_ALL = 15 * SECOND;

  /** A stream that gave up is tried again after it, while someone wants it. */
  private static final int SECONDS_AFTER_FAILURE = 30;

  private final DefaultRelayedCamera camera;
  private final RtspClient client;
  private final EventLoop loop;
  private final RelayListener listener;

  /** Of the relay's users. */
  private final CameraListener users;

  private final FrameMeter meter = new FrameMeter();
  private final ServedTracks served;

  private volatile UpstreamState state = new UpstreamState(RelayState.IDLE, Instant.now(), NOBODY);
  private volatile FrameShare share = new FrameShare(Double.NaN, Double.NaN, Double.NaN);
  private volatile @Nullable CameraStream stream;

  // On the loop.
  private @Nullable Future<?> ticks;

  private int second;
  private int frames;
  private int failedFor;
  private long lastPacket;
  private long lastPicture;
  private boolean suspended;
  // Done when no connection of before is open.
  private CompletableFuture<?> closing = CompletableFuture.completedFuture(null);

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

  UpstreamState state() {
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

  /** Whether readers can be told what they get. */
  boolean isServed() {
    boolean away = state.state() == RelayState.AWAY || state.state() == RelayState.FAILED;
    return !served.offered().isEmpty() && !(away && isClosing());
  }

  private boolean isClosing() {
    return camera.options().whileAway() == WhileAway.CLOSE;
  }

  // ---- The stream

  /** Connects, unless it is connected, or is not to be. */
  void open() {
    if (stream != null || suspended || over) {
      return;
    }
    failedFor = 0;
    lastPicture = System.nanoTime();
    enter(served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY, "connecting");
    stream = client.start(camera.camera(), CameraListener.all(new Events(), users), loop);
  }

  /** Ends the connection and opens none until {@link #resume}; done when it is closed. */
  void suspend(String reason, CompletableFuture<Void> done) {
    suspended = true;
    close(served.offered().isEmpty() ? RelayState.IDLE : RelayState.AWAY, reason);
    CompletableFuture<?> unused = closing.thenRun(() -> done.complete(null));
  }

  /** Connects again, if someone wants it. */
  void resume() {
    suspended = false;
    if (camera.isWanted()) {
      open();
    } else {
      enter(RelayState.IDLE, NOBODY);
    }
  }

  private void close(RelayState next, String reason) {
    closeStream();
    enter(next, reason);
  }

  private void closeStream() {
    CameraStream open = stream;
    stream = null;
    if (open != null) {
      closing = open.closeAsync().toCompletableFuture().handle((ended, e) -> null);
    }
  }

  private void enter(RelayState next, String reason) {
    UpstreamState before = state;
    if (before.state() == next) {
      return;
    }
    state = new UpstreamState(next, Instant.now(), reason);
    listener.state(camera, before.state(), next, reason);
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
        lastPacket = System.nanoTime();
        served.packet(packet, lastPacket);
      }
    }

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      if (of == stream) {
        long now = System.nanoTime();
        if (frame.codec().kind() == Codec.Kind.VIDEO) {
          picture(now);
        }
        served.frame(media, frame, now);
      }
    }
  }

  private void picture(long now) {
    frames++;
    lastPicture = now;
    if (state.state() == RelayState.STALLED) {
      enter(RelayState.PLAYING, "pictures come again");
    }
  }

  private void streamState(CameraState to, String reason) {
    RelayState without = served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY;
    switch (to) {
      case CONNECTING, RECONNECTING -> enter(without, reason);
      case PLAYING -> {
        lastPicture = System.nanoTime();
        enter(RelayState.PLAYING, reason);
      }
      case STALLED, PAUSED -> enter(RelayState.STALLED, reason);
      case ENDED, FAILED, CLOSED -> {
        stream = null;
        enter(RelayState.FAILED, reason);
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
    boolean wanted = camera.isWanted();
    if (!wanted && stream != null) {
      close(RelayState.IDLE, NOBODY);
      served.fanout().ifPresent(Fanout::release);
    } else if (wanted && stream == null && ++failedFor >= SECONDS_AFTER_FAILURE) {
      open();
    }
    watchPictures(now);
    if (isGone() && camera.options().whileAway() == WhileAway.REPEAT) {
      served.fanout().ifPresent(fanout -> fanout.repeat(now));
    }
  }

  private void count() {
    if (stream == null) {
      meter.idle();
    } else {
      meter.second(frames);
    }
    frames = 0;
    share = meter.share();
  }

  private boolean isGone() {
    boolean gone = state.state() == RelayState.AWAY || state.state() == RelayState.STALLED;
    return gone && Instant.now().minusSeconds(1).isAfter(state.since());
  }

  /** Packets may come that never make a picture. */
  private void watchPictures(long now) {
    boolean comes = now - lastPacket < NO_PICTURE;
    boolean hasVideo = served.fanout().filter(Fanout::hasVideo).isPresent();
    if (!hasVideo || !comes || stream == null) {
      return;
    }
    if (state.state() == RelayState.PLAYING && now - lastPicture > NO_PICTURE) {
      enter(RelayState.STALLED, "packets come, but no picture for 5 s");
    } else if (state.state() == RelayState.STALLED && now - lastPicture > NO_PICTURE_AT_ALL) {
      LOG.warn("{}: packets come, but no picture for 15 s: connecting again", camera.name());
      close(RelayState.AWAY, "packets come, but no picture for 15 s");
      open();
    }
  }

  // ---- The end

  /** Ends it for good. */
  void end(String reason, CompletableFuture<Void> done) {
    over = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
    served.end(reason);
    closeStream();
    CompletableFuture<?> unused = closing.thenRun(() -> done.complete(null));
  }
}
