package dev.photofinish.fleet.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pauses after which others may hold a node's cameras: 10 s, or 3 s while a node is missing. */
class FreezeWatchTest {
  private static final Takeover TIMES =
      new Takeover(
          Duration.ofSeconds(6),
          Duration.ofSeconds(10),
          Duration.ofSeconds(7),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(21));

  private long now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
  private boolean missing;
  private final FreezeWatch watch = new FreezeWatch(TIMES, () -> now, () -> missing);

  private boolean isFrozenAfter(long millis) {
    now += Duration.ofMillis(millis).toNanos();
    return watch.isFrozen();
  }

  @Test
  void aPauseAsLongAsOthersNeedToDecideIsNoticedForEver() {
    assertThat(isFrozenAfter(250)).isFalse();
    assertThat(isFrozenAfter(10_000)).isFalse();
    assertThat(isFrozenAfter(10_001)).isTrue();
    assertThat(isFrozenAfter(250)).isTrue();
  }

  @Test
  void whileANodeIsMissingThePauseMustNotDelayTheLastClose() {
    missing = true;
    assertThat(isFrozenAfter(3_000)).isFalse();
    assertThat(isFrozenAfter(3_001)).isTrue();
  }

  @Test
  void aNodeThatIsMissedSoonAfterThePauseWasMissingBefore() {
    assertThat(isFrozenAfter(3_001)).isFalse();
    assertThat(isFrozenAfter(250)).isFalse();
    missing = true;
    assertThat(isFrozenAfter(250)).isTrue();
  }

  @Test
  void aNodeThatIsMissedMuchLaterWasLostLater() {
    assertThat(isFrozenAfter(3_001)).isFalse();
    for (int i = 0; i < 24; i++) {
      assertThat(isFrozenAfter(250)).isFalse();
    }
    missing = true;
    assertThat(isFrozenAfter(250)).isFalse();
  }
}
