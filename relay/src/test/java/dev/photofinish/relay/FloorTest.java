package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The talker who is heard, at times of the test's own. */
class FloorTest {
  private static final long SECOND = 1_000_000_000;

  /** Somewhere where a clock of nanoseconds wraps soon. */
  private static final long START = Long.MAX_VALUE - SECOND;

  private final Floor floor = new Floor();
  private final Object anna = new Object();
  private final Object bert = new Object();

  @Test
  void theFirstWhoSpeaksHasItForAsLongAsItSpeaks() {
    for (long now = START; now - START < 10 * SECOND; now += SECOND) {
      assertThat(floor.take(anna, now)).isTrue();
      assertThat(floor.take(bert, now + 1)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"1999, false", "2000, true"})
  void silenceOfTwoSecondsFreesIt(long millis, boolean free) {
    floor.take(anna, START);
    long now = START + millis * 1_000_000;
    assertThat(floor.take(bert, now)).isEqualTo(free);
    assertThat(floor.take(anna, now + 1)).isEqualTo(!free);
  }

  @Test
  void itIsFreeAtOnceWhenItsHolderLeaves() {
    floor.take(anna, START);
    floor.leave(bert);
    assertThat(floor.take(bert, START + 1)).isFalse();
    floor.leave(anna);
    assertThat(floor.take(bert, START + 2)).isTrue();
  }
}
