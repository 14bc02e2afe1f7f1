package dev.photofinish.relay;

import dev.photofinish.race.RaceReport;
import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.CameraListener;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.client.StreamStatistics;
import dev.photofinish.rtsp.message.MediaFormat;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one connection to a camera, opened while someone wants it. */
final class DialledUpstream extends Upstream {
  /**
   * A stream that gave up is tried again after it, while someone wants it, and not before, however
   * often it is asked for: cameras lock accounts.
   */
  private static final int SECONDS_AFTER_FAILURE = 30;

  private static final int SECONDS_AFTER_CIRCLE = 5;

  private final Connections connections;
  private final Standby standby;
  private final Talkers talkers;

  private int failedFor;
  private boolean suspended;
  private int suspensions;

  DialledUpstream(
      RelayedCamera camera,
      Demand demand,
      RtspClient client,
      EventLoop loop,
      RelayListener listener) {
    super(camera, demand, loop, listener);
    this.connections = new Connections(client, loop);
    this.standby = new Standby(camera, path, client, loop);
    this.talkers =
        new Talkers(
            camera.name(),
            new PresentLine(),
            () -> whileRunning(this::open),
            Ticker.systemTicker());
  }

  @Override
  @Nullable CameraStream stream() {
    return connections.present();
  }

  @Override
  @Nullable StreamStatistics statistics() {
    CameraStream open = stream();
    return open == null ? null : open.statistics();
  }

  @Override
  Optional<TalkPoint> talkPoint() {
    return talkers.point();
  }

  @Override
  boolean hasTalkers() {
    return !talkers.isEmpty();
  }

  @Override
  boolean isOpen() {
    return stream() != null;
  }

  @Override
  Duration rest() {
    return state().state() == RelayState.FAILED && failedFor < SECONDS_AFTER_FAILURE
        ? Duration.ofSeconds(SECONDS_AFTER_FAILURE - failedFor)
        : Duration.ZERO;
  }

  /** Connects, unless it is connected, rests after a failure, is suspended or was ended. */
  @Override
  void open() {
    if (isOpen() || suspended || isOver() || !rest().isZero()) {
      return;
    }
    if (state().state() == RelayState.FAILED) {
      standby.reset();
    }
    failedFor = 0;
    pictureIsDue();
    enter(without(), "connecting");
    connections.open(camera.camera(), standby.present(), listeners());
  }

  private CameraListener listeners() {
    return CameraListener.all(new Events(), listener.streams(camera));
  }

  /** Options of the connection need another one, after the last one is closed. */
  @Override
  void changed() {
    if (suspended || connections.isOther(camera.camera())) {
      CompletableFuture<?> closed = suspend("its options were changed");
      int mine = suspensions;
      CompletableFuture<?> unused = closed.thenRunAsync(() -> resume(mine), loop);
    } else if (demand.isWanted()) {
      open();
    }
  }

  @Override
  CompletableFuture<?> suspend(String reason) {
    suspended = true;
    suspensions++;
    standby.reset();
    close(served().offered().isEmpty() ? RelayState.IDLE : RelayState.AWAY, reason);
    return connections.closed();
  }

  /** Goes on after a suspension, unless another one has begun since. */
  private void resume(int suspension) {
    if (suspension != suspensions) {
      return;
    }
    suspended = false;
    if (demand.isWanted()) {
      open();
    }
  }

  @Override
  void requestKeyFrame() {
    CameraStream from = stream();
    if (from != null) {
      from.requestKeyFrame();
    }
  }

  @Override
  void again(String reason) {
    close(RelayState.AWAY, reason);
    open();
  }

  @Override
  void second(boolean wanted, long now) {
    if (!wanted && isOpen()) {
      standby.end();
      close(RelayState.IDLE, "nobody reads it");
      served().fanout().ifPresent(Fanout::release);
    } else if (!isOpen() && ++failedFor >= SECONDS_AFTER_FAILURE && wanted) {
      open();
    }
    if (wanted && !suspended) {
      watchStandby();
    }
  }

  private void watchStandby() {
    switch (standby.tick(state().state())) {
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

  private void close(RelayState next, String reason) {
    connections.close(reason);
    enter(next, reason);
  }

  @Override
  CompletableFuture<?> close(String reason) {
    standby.end();
    connections.close(reason);
    return connections.closed();
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
    public void retry(
        CameraStream of, int attempt, Duration delay, String strategy, String reason) {
      if (connections.isPresent(of)) {
        stillWithout(reason);
        listener.retry(camera, delay, reason);
      }
    }

    @Override
    public void described(CameraStream of, List<MediaStream> streams) {
      if (!connections.has(of)) {
        return;
      }
      if (path.from(of.description())) {
        talkers.described(of.backChannel().format());
        served().described(streams);
      } else {
        circle();
      }
    }

    @Override
    public void packet(CameraStream of, RtpPacket packet) {
      connections.packet(of);
      if (connections.isPresent(of)) {
        DialledUpstream.this.packet(packet);
      }
    }

    @Override
    public void frame(CameraStream of, MediaStream media, Frame frame) {
      if (connections.isPresent(of)) {
        DialledUpstream.this.frame(media, frame);
      }
    }
  }

  /** Its address may lead elsewhere soon: another relay may have turned to it for a moment. */
  private void circle() {
    String reason = "it comes from this relay itself: relays read it from each other in a circle";
    connections.close(reason);
    failedFor = SECONDS_AFTER_FAILURE - SECONDS_AFTER_CIRCLE;
    enter(RelayState.FAILED, reason);
    demand.failed();
  }

  /** The back channel of the present stream, for any thread. */
  private final class PresentLine implements Talkers.Line {
    @Override
    public Optional<MediaFormat> format() {
      CameraStream to = connections.present();
      return to == null ? Optional.empty() : to.backChannel().format();
    }

    @Override
    public boolean send(ByteBuf payload, int samples) {
      CameraStream to = connections.present();
      if (to == null || to.backChannel().format().isEmpty()) {
        payload.release();
        return false;
      }
      return to.backChannel().send(payload, samples);
    }
  }

  private void streamState(CameraState to, String reason) {
    switch (to) {
      case CONNECTING, RECONNECTING -> enter(without(), reason);
      case PLAYING -> playing(reason);
      case STALLED, PAUSED -> enter(RelayState.STALLED, reason);
      case ENDED, FAILED, CLOSED -> {
        connections.lost();
        failedFor = 0;
        enter(RelayState.FAILED, reason);
        demand.failed();
      }
    }
  }
}
