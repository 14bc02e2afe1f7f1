package dev.photofinish.relay;

import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.fanout.Fanout;
import dev.photofinish.relay.source.PublishPoint;
import dev.photofinish.relay.source.TalkPoint;
import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import dev.photofinish.rtsp.client.StreamStatistics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The origin of a camera's media, as its readers see it: what comes is handed to the {@link
 * Fanout}, and what happens while it is away. Everything happens on one event loop.
 */
abstract class Upstream {
  static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** RFC 3550 section 6.2: the usual interval of reports. */
  private static final int REPORT_SECONDS = 5;

  /** A shorter gap is not filled. */
  private static final Duration BEFORE_GAP = Duration.ofSeconds(1);

  final RelayedCamera camera;
  final EventLoop loop;
  final RelayListener listener;
  final Demand demand;
  final RelayPath path = new RelayPath(RANDOM);

  private final PictureWatch pictures = new PictureWatch();
  private final FrameMeter meter = new FrameMeter();
  private final ServedTracks served;

  private volatile UpstreamState state =
      new UpstreamState(RelayState.IDLE, Instant.now(), "nobody reads it");
  private volatile FrameShare share = new FrameShare(Double.NaN, Double.NaN, Double.NaN);

  // On the loop.
  private @Nullable Future<?> ticks;

  /** Since there was media. */
  private Absence gone = Absence.begin();

  /** Since it is in its state. */
  private Absence inState = gone;

  private int second;
  private boolean over;

  /** Those who want the media of a camera; called on its loop. */
  interface Demand extends ServedTracks.Readers {
    /** Whether the media are to come. */
    boolean isWanted();

    /** It gave up: nobody waits for nothing. */
    void failed();
  }

  Upstream(RelayedCamera camera, Demand demand, EventLoop loop, RelayListener listener) {
    this.camera = camera;
    this.demand = demand;
    this.loop = loop;
    this.listener = listener;
    this.served = new ServedTracks(camera, demand, loop, this::requestKeyFrame);
  }

  final void start() {
    ticks = loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  // ---- What is known, on any thread

  final UpstreamState state() {
    return state;
  }

  final ServedTracks served() {
    return served;
  }

  final FrameShare share() {
    return share;
  }

  /** The stream that the relay opened. */
  @Nullable CameraStream stream() {
    return null;
  }

  /** Of what came; null while no stream is open, or before the first packet was published. */
  abstract @Nullable StreamStatistics statistics();

  /** The place of a publisher; empty where the relay connects by itself. */
  Optional<PublishPoint> publishPoint() {
    return Optional.empty();
  }

  /** Whether readers can be told what they get. */
  final boolean isServed() {
    return !served.offered().isEmpty() && refusal().isEmpty();
  }

  /** Why nobody may read it now: it is away, and readers are to notice. */
  final Optional<String> refusal() {
    UpstreamState now = state;
    boolean away = now.state() == RelayState.AWAY || now.state() == RelayState.FAILED;
    return away && camera.options().whileAway() == WhileAway.CLOSE
        ? Optional.of("the camera is away: " + now.reason())
        : Optional.empty();
  }

  /** The back channel of the camera; empty where it has none. */
  Optional<TalkPoint> talkPoint() {
    return Optional.empty();
  }

  /** Whether someone talks to the camera, or may at any time. */
  boolean hasTalkers() {
    return false;
  }

  // ---- Where it comes from

  /** Someone wants it. */
  abstract void open();

  /** Whether something may come. */
  abstract boolean isOpen();

  /** A second has passed: opens or closes what is wanted or not. */
  abstract void second(boolean wanted, long now);

  /** The camera's options were changed. */
  abstract void changed();

  /** What comes is of no use: begins again. */
  abstract void again(String reason);

  /** Ends what comes, and lets nothing come until the options are changed. */
  abstract CompletableFuture<?> suspend(String reason);

  /** Closes what is open, for good; completes when it is closed. */
  abstract CompletableFuture<?> close(String reason);

  /** Asks for a key frame, where that can be asked for. */
  void requestKeyFrame() {}

  /** How long it is not tried again after it gave up; zero if it may be tried. */
  Duration rest() {
    return Duration.ZERO;
  }

  /** The state while nothing comes. */
  final RelayState without() {
    return served.offered().isEmpty() ? RelayState.CONNECTING : RelayState.AWAY;
  }

  final void enter(RelayState next, String reason) {
    UpstreamState before = state;
    if (before.state() == next) {
      return;
    }
    inState = Absence.begin();
    state = new UpstreamState(next, inState.since(), reason);
    if (before.state() == RelayState.PLAYING) {
      gone = inState;
    }
    listener.state(camera, before.state(), next, reason);
    refusal().ifPresent(served::end);
    if (next == RelayState.PLAYING && !served.isExpecting()) {
      demand.described();
    }
  }

  /** It is in its state still, by now for another reason. */
  final void stillWithout(String reason) {
    state = state.because(reason);
  }

  // ---- What comes

  final void packet(RtpPacket packet) {
    long now = System.nanoTime();
    pictures.packet(now);
    served.packet(packet, now);
  }

  final void frame(MediaStream media, Frame frame) {
    long now = System.nanoTime();
    if (frame.codec().kind() == Codec.Kind.VIDEO) {
      picture(now);
    }
    served.frame(media, frame, now);
  }

  private void picture(long now) {
    meter.picture();
    pictures.picture(now);
    if (state.state() != RelayState.PLAYING) {
      enter(RelayState.PLAYING, "pictures come again");
    }
  }

  /** A picture is due from now on. */
  final void pictureIsDue() {
    pictures.picture(System.nanoTime());
  }

  /** It plays: a picture is due from now on. */
  final void playing(String reason) {
    pictureIsDue();
    enter(RelayState.PLAYING, reason);
  }

  // ---- Each second

  private void tick() {
    long now = System.nanoTime();
    second++;
    share = meter.second(isOpen());
    if (second % REPORT_SECONDS == 0) {
      served.fanout().ifPresent(fanout -> fanout.report(now));
    }
    second(demand.isWanted(), now);
    watchPictures(now);
    served.fanout().ifPresent(fanout -> fanout.tick(now));
    if (isGone(now)) {
      served.fanout().ifPresent(fanout -> fillGap(fanout, now));
    }
  }

  private void fillGap(Fanout fanout, long now) {
    WhileAway choice = camera.options().whileAway();
    if (choice == WhileAway.REPEAT || choice == WhileAway.CARD) {
      if (!fanout.showCard(gone.since(), gone.lasted(now), choice == WhileAway.CARD, now)) {
        fanout.repeat(now);
      }
    }
  }

  private boolean isGone(long now) {
    return state.state().isGap() && inState.lasted(now).compareTo(BEFORE_GAP) > 0;
  }

  /** Packets may come that never make a picture. */
  private void watchPictures(long now) {
    boolean hasVideo = served.fanout().filter(Fanout::hasVideo).isPresent();
    if (!hasVideo || !isOpen()) {
      return;
    }
    if (state.state() == RelayState.PLAYING && pictures.isStalled(now)) {
      enter(RelayState.STALLED, "packets come, but no picture for 5 s");
    } else if (state.state() == RelayState.STALLED && pictures.isLost(now)) {
      String reason = "packets come, but no picture for 15 s";
      LOG.warn("{}: {}: it begins again", camera.name(), reason);
      again(reason);
    }
  }

  // ---- The loop

  /** Runs on the loop; nothing where that has ended, with all that was on it. */
  final void whileRunning(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.trace("{} has ended", camera.name());
    }
  }

  final boolean isOver() {
    return over;
  }

  /** Ends it for good. */
  final void end(String reason, CompletableFuture<Void> done) {
    over = true;
    if (ticks != null) {
      ticks.cancel(false);
    }
    served.end(reason);
    CompletableFuture<?> unused = close(reason).whenComplete((ended, e) -> done.complete(null));
  }
}
