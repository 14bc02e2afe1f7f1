package dev.photofinish.simulation;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetrySchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Many cameras that drop in one instant and come back, replayed on a virtual clock: a switch
 * reboots, every SYN is lost, then all is well again. Each camera has its own {@link RetrySchedule}
 * and one {@link dev.photofinish.race.Race} after another; all share a {@link DialLimiter}.
 *
 * <p>A dial's SYN is sent again as Linux does; the first that is not lost connects after the
 * camera's round trip (1 to 20 ms), or is refused by it, and the answer comes 5 to 50 ms later.
 * Times are nanoseconds from the drop.
 */
public final class Storm {
  private static final long TICK = Duration.ofMillis(100).toNanos();
  private static final long LONGEST = Duration.ofHours(1).toNanos();

  /**
   * The setup of a storm.
   *
   * @param cameras 1 or more
   * @param dark for how long every SYN is lost
   * @param refusedIpv6 whether each camera has an IPv6 address too, dialled first, that refuses
   * @param limiter null for none
   * @param seed of round trips and jitter
   */
  public record Setup(
      int cameras,
      Duration dark,
      boolean refusedIpv6,
      RaceOptions race,
      RetryOptions retry,
      @Nullable DialLimiterOptions limiter,
      long seed) {}

  /**
   * One tick of the curve.
   *
   * @param back cameras that are back
   * @param inProgress most dials in progress since the tick before
   * @param connects connections established since the tick before
   */
  public record Sample(long at, int back, int inProgress, int connects) {}

  /**
   * The course of a storm.
   *
   * @param curve a sample every 100 ms
   * @param dials of all races together
   * @param peakInProgress most dials in progress in any instant
   * @param mostWaiting most races that waited for a slot
   * @param mostEntered most races that waited for a slot or had one
   * @param mostRemembered most hosts that the limiter remembered
   * @param left what the limiter still has in the end: slots that are taken, races that wait, hosts
   * @param allBackAt when the last camera was back, -1 if one was not within an hour
   */
  public record Run(
      List<Sample> curve,
      long dials,
      int peakInProgress,
      int mostWaiting,
      int mostEntered,
      int mostRemembered,
      int left,
      long allBackAt) {
    /** Most connections in 100 ms. */
    public int peakConnects() {
      return curve.stream().mapToInt(Sample::connects).max().orElse(0);
    }
  }

  private final Setup setup;
  private final DialLimiter limiter;
  private final Network network = new Network();
  private final @Nullable SharedDialLimiter limits;
  private final List<Sample> curve = new ArrayList<>();
  private long dials;
  private int back;
  private int inProgress;
  private int peakOfTick;
  private int peak;
  private int connects;
  private int mostWaiting;
  private int mostEntered;
  private int mostRemembered;
  private long allBackAt = -1;

  private Storm(Setup setup) {
    this.setup = setup;
    limits = setup.limiter() == null ? null : new SharedDialLimiter(setup.limiter());
    limiter =
        limits == null
            ? SharedDialLimiter.unlimited()
            : limits.withSameHostGap(DialLimiterOptions.CAMERA_GAP);
  }

  /** Replays {@code setup} until every camera is back. */
  public static Run run(Setup setup) {
    return new Storm(setup).run();
  }

  private Run run() {
    StormCamera.Settings settings =
        new StormCamera.Settings(
            setup.race(), setup.retry(), setup.refusedIpv6(), new SplittableRandom(setup.seed()));
    for (int i = 0; i < setup.cameras(); i++) {
      StormCamera camera = new StormCamera(network, i, settings, limiter);
      network.at(0, camera::dropped);
    }
    network.run(this::goesOn);
    sampleUntil(network.now() + TICK);
    return new Run(
        List.copyOf(curve),
        dials,
        peak,
        mostWaiting,
        mostEntered,
        mostRemembered,
        entered() + remembered(),
        allBackAt);
  }

  private int entered() {
    return limits == null ? 0 : limits.taken() + limits.waiting();
  }

  private int remembered() {
    return limits == null ? 0 : limits.remembered();
  }

  private void sampleUntil(long time) {
    for (long at = curve.size() * TICK; at < time; at += TICK) {
      curve.add(new Sample(at, back, Math.max(peakOfTick, inProgress), connects));
      peakOfTick = inProgress;
      connects = 0;
    }
  }

  private boolean goesOn(long time) {
    if (back == setup.cameras() || network.now() > LONGEST) {
      return false;
    }
    sampleUntil(time);
    return true;
  }

  /** What the cameras do, counted. */
  private final class Network extends StormWorld {
    @Override
    boolean isDark(long time) {
      return time < setup.dark().toNanos();
    }

    @Override
    void dialled(StormCamera camera) {
      dials++;
      inProgress++;
      peakOfTick = Math.max(peakOfTick, inProgress);
      peak = Math.max(peak, inProgress);
    }

    @Override
    void dialEnded(StormCamera camera) {
      inProgress--;
      mostRemembered = Math.max(mostRemembered, remembered());
    }

    @Override
    void connected() {
      connects++;
    }

    @Override
    void waits() {
      mostWaiting = Math.max(mostWaiting, limits == null ? 0 : limits.waiting());
      mostEntered = Math.max(mostEntered, entered());
    }

    @Override
    void isBack(StormCamera camera) {
      back++;
      if (back == setup.cameras()) {
        allBackAt = now();
      }
    }
  }
}
