package dev.photofinish.fleet.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pauses after which others may hold a node's cameras: 10 s, or 3 s on a side that lost. */
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
  private boolean lost;
  private final FreezeWatch watch = new FreezeWatch(TIMES, () -> now, () -> lost);

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
  void aWatchThatBeginsAgainKnowsOfNoPause() {
    now += Duration.ofSeconds(60).toNanos();
    watch.restart();
    assertThat(isFrozenAfter(250)).isFalse();
  }

  @Test
  void onASideThatLostThePauseMustNotDelayTheLastClose() {
    lost = true;
    assertThat(isFrozenAfter(3_000)).isFalse();
    assertThat(isFrozenAfter(3_001)).isTrue();
  }

  @Test
  void aSideThatIsSeenToLoseSoonAfterThePauseLostBefore() {
    assertThat(isFrozenAfter(3_001)).isFalse();
    assertThat(isFrozenAfter(250)).isFalse();
    lost = true;
    assertThat(isFrozenAfter(250)).isTrue();
  }

  @Test
  void aSideThatIsSeenToLoseMuchLaterLostLater() {
    assertThat(isFrozenAfter(3_001)).isFalse();
    for (int i = 0; i < 24; i++) {
      assertThat(isFrozenAfter(250)).isFalse();
    }
    lost = true;
    assertThat(isFrozenAfter(250)).isFalse();
  }

  @Test
  void onASideThatLostPausesDelayTheLastCloseByTheirSum() {
    assertThat(isFrozenAfter(1_500)).isFalse();
    lost = true;
    for (int i = 0; i < 40; i++) {
      assertThat(isFrozenAfter(250)).isFalse();
    }
    assertThat(isFrozenAfter(500)).as("each step is delayed by less than a sixth").isFalse();
    assertThat(isFrozenAfter(1_500)).isFalse();
    assertThat(isFrozenAfter(501)).isTrue();
  }

  @Test
  void pausesLongBeforeTheLossDoNotCount() {
    for (int i = 0; i < 10; i++) {
      assertThat(isFrozenAfter(2_900)).isFalse();
    }
    for (int i = 0; i < 24; i++) {
      assertThat(isFrozenAfter(250)).isFalse();
    }
    lost = true;
    assertThat(isFrozenAfter(2_900)).isFalse();
  }
}
