package dev.photofinish.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A clock that is set while a camera is away changes nothing of how long it is. */
class AbsenceTest {
  @Test
  void lastsByTheClockThatNobodySets() {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1)); // and set back by then
    long at = -1_000_000_000L;
    Absence absence = new Absence(tomorrow, at);
    assertThat(absence.lasted(at + 2_500_000_000L)).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void beginsNow() {
    assertThat(Absence.begin().since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(Absence.begin().lasted(System.nanoTime())).isLessThan(Duration.ofSeconds(60));
  }
}
