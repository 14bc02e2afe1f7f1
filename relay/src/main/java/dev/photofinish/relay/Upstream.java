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

  /** RFC 3550 section 6.2: the usual interval of reports. */
  private static final int REPORT_SECONDS = 5;

  /** A stream that gave up is tried again after it, while someone wants it. */
  private static final int SECONDS_AFTER_FAILURE = 30;

  private final DefaultRelayedCamera camera;
  private final EventLoop loop;
  private final RelayListener listener;

  private final Connections connections;
  private final Standby standby;
  private final PictureWatch pictures = new PictureWatch();
  private final FrameMeter meter = new FrameMeter();
  private final ServedTracks served;

  private volatile UpstreamState state =
      new UpstreamState(RelayState.IDLE, Instant.now(), "nobody reads it");
  private volatile FrameShare share = new FrameShare(Double.NaN, Double.NaN, Double.NaN);

  // On the loop.
  private @Nullable Future<?> ticks;

  private int second;
  private int frames;
  private int failedFor;
  private boolean over;

  Upstream(DefaultRelayedCamera camera, RtspClient client, EventLoop loop, RelayListener listener) {
    this.camera = camera;
    this.loop = loop;
    this.listener = listener;
    this.connections = new Connections(client, loop);
    this.standby = new Standby(camera, client, loop);
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
    return connections.present();
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

  /** Connects, unless it is connected or was ended. */
  void open() {
    if (stream() != null || over) {
      return;
    }
    failedFor = 0;
    pictures.picture(System.nanoTime());
    enter(without(), "connecting");
    connections.open(camera.camera(), standby.present(), listeners());
  }

  private CameraListener listeners() {
    return CameraListener.all(new Events(), listener.streams(camera));
  }

  /** The camera's options were changed: those of its connection need another one. */
  void changed() {
    served.fanout().ifPresent(fanout -> fanout.groupBytes(camera.options().groupBytes()));
    if (connections.isOther(camera.camera())) {
      standby.reset();
      close(without(), "its options were changed");
      open();
    } else if (camera.isWanted()) {
      open();
    }
  }

  /** The state while there is no stream. */
  private RelayState without() {
    return served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY;
  }

  private void close(RelayState next, String reason) {
    CompletableFuture<?> unused = connections.close();
    enter(next, reason);
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
      if (connections.isPresent(of)) {
        streamState(to, reason);
      }
    }

    @Override
    public void race(CameraStream of, RaceReport report) {
      listener.race(camera, report);
    }

    @Override
    public void described(CameraStream of, List<MediaStream> streams) {
      if (connections.has(of)) {
        served.described(streams);
      }
    }

    @Override
    public void packet(CameraStream of, RtpPacket packet) {
      connections.packet(of);
      if (connections.isPresent(of)) {
        long now = System.nanoTime();
        pictures.packet(now);
        served.packet(packet, now);
      }
    }

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      if (connections.isPresent(of)) {
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
    pictures.picture(now);
    if (state.state() != RelayState.PLAYING) {
      enter(RelayState.PLAYING, "pictures come again");
    }
  }

  private void streamState(CameraState to, String reason) {
    switch (to) {
      case CONNECTING, RECONNECTING -> enter(without(), reason);
      case PLAYING -> {
        pictures.picture(System.nanoTime());
        enter(RelayState.PLAYING, reason);
      }
      case STALLED, PAUSED -> enter(RelayState.STALLED, reason);
      case ENDED, FAILED, CLOSED -> {
        connections.lost();
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
    if (!wanted && stream() != null) {
      standby.end();
      close(RelayState.IDLE, "nobody reads it");
      served.fanout().ifPresent(Fanout::release);
    } else if (wanted && stream() == null && ++failedFor >= SECONDS_AFTER_FAILURE) {
      open();
    }
    if (wanted) {
      watchStandby();
    }
    watchPictures(now);
    if (isGone() && camera.options().whileAway() == WhileAway.REPEAT) {
      served.fanout().ifPresent(fanout -> fanout.repeat(now));
    }
  }

  private void count() {
    if (stream() == null) {
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
    boolean hasVideo = served.fanout().filter(Fanout::hasVideo).isPresent();
    if (!hasVideo || stream() == null) {
      return;
    }
    if (state.state() == RelayState.PLAYING && pictures.isStalled(now)) {
      enter(RelayState.STALLED, "packets come, but no picture for 5 s");
    } else if (state.state() == RelayState.STALLED && pictures.isLost(now)) {
      LOG.warn("{}: packets come, but no picture for 15 s: connecting again", camera.name());
      close(RelayState.AWAY, "packets come, but no picture for 15 s");
      open();
    }
  }

  private void watchStandby() {
    switch (standby.tick(state.state())) {
      case STAY -> {}
      case NEXT -> {
        close(without(), "it is not there: trying its next address");
        open();
      }
      case RETURN -> {
        LOG.info("{}: its first address is there again", camera.name());
        connections.openSuccessor(standby.present(), listeners());
      }
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
    standby.end();
    CompletableFuture<?> unused =
        connections.close().whenComplete((ended, e) -> done.complete(null));
  }
}
