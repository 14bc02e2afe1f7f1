package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The SYNs of one connect, in seconds from its start, as captured on Linux 6.5 and before. */
final class SynTimetableTest {
  private static final long SECOND = 1_000_000_000L;

  private static List<Long> seconds(SynTimetable timetable) {
    return timetable.syns(0, Long.MAX_VALUE).stream().map(at -> at / SECOND).toList();
  }

  @Test
  void gapsDoubleFromOneSecond() {
    assertThat(seconds(new SynTimetable(0))).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L);
  }

  @Test
  void linearTimeoutsComeAheadOfTheDoublingAndInAddition() {
    assertThat(seconds(SynTimetable.LINUX_DEFAULT))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 7L, 11L, 19L, 35L, 67L);
  }

  @Test
  void theyCountFromTheStartAndEndBeforeTheEnd() {
    assertThat(new SynTimetable(0).syns(5, 5 + 3 * SECOND)).containsExactly(5L, 5 + SECOND);
    assertThat(new SynTimetable(0).syns(5, 5)).isEmpty();
  }
}
