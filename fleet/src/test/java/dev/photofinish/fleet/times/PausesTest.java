package dev.photofinish.fleet.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A node on the side that lost whose process stands still again and again, on virtual time since
 * the network failed. Where a process stands still it can close nothing; but no instant at which it
 * runs, and is still a holder, may be so late that its close is not over before the first dial.
 */
class PausesTest {
  private static final Takeover TIMES =
      new Takeover(
          Duration.ofSeconds(6),
          Duration.ofSeconds(10),
          Duration.ofMillis(7_500),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofMillis(21_500));

  /**
   * Notice, decision of a node by itself, resolver's look and word of it, as late as they can be.
   */
  private static final long[] STEPS = {6_000, 17_500, 1_000, 1_000};

  private static final long TICK = 10;
  private static final int RUNS = 20_000;

  /** A node that runs until it closes its cameras, by its own decision or as it stood still. */
  private static final class Node {
    private long now;
    private int step;
    private long due = STEPS[0];
    private long lastHeld;
    private final FreezeWatch watch =
        new FreezeWatch(TIMES, () -> Duration.ofMillis(now).toNanos(), () -> step > 0);

    private boolean closes() {
      while (step < STEPS.length && now >= due) {
        due = now + (++step < STEPS.length ? STEPS[step] : 0);
      }
      return step == STEPS.length || watch.isFrozen();
    }

    /** The last instant at which it ran as a holder. */
    private long run(Random random, int longestPause) {
      while (!closes()) {
        lastHeld = now;
        boolean isPause = random.nextInt(4) == 0;
        now += isPause ? random.nextInt(longestPause) : TICK * (1 + random.nextInt(25));
      }
      return lastHeld;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 750, 1_500, 2_900, 3_000, 5_000, 9_900})
  void pausesOfAnyLengthsTogetherKeepNoNodeAHolderTooLong(int longestPause) {
    long latest = TIMES.firstDial().minus(TIMES.closing()).toMillis();
    for (long seed = 0; seed < RUNS; seed++) {
      assertThat(new Node().run(new Random(seed), longestPause))
          .as("seed %d", seed)
          .isLessThanOrEqualTo(latest);
    }
  }
}
