package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one rule for "closed to make room", in milliseconds. */
final class EvictionTest {
  private static final long MS = 1_000_000;

  @ParameterizedTest
  @CsvSource({
    "50,  50,  true", // in the same instant
    "50,  150, true",
    "50,  151, false",
    "50,  49,  false", // closed before there was a newer one
  })
  void theOlderIsClosedWithinTheWindowAfterTheNewerConnected(
      long connected, long closed, boolean evidence) {
    assertThat(Eviction.isEvidence(closed * MS, connected * MS)).isEqualTo(evidence);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 60, 160, true", // after it, as with one observer
    "40, 60, 161, false",
    "40, 60, 50,  true", // the close was seen first, and came of the dial
    "40, 60, 40,  true",
    "40, 60, 39,  false", // before the dial: it cannot come of it
    "40, 200, 100, true",
    "40, 201, 100, false",
  })
  void whereTwoThreadsLookTheCloseMayBeSeenFirst(
      long dialled, long connected, long closed, boolean evidence) {
    assertThat(Eviction.isEvidence(closed * MS, dialled * MS, connected * MS)).isEqualTo(evidence);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 50_000_000, Long.MIN_VALUE})
  void theTickerMayWrapAround(long connected) {
    assertThat(Eviction.isEvidence(connected + 100 * MS, connected - MS, connected)).isTrue();
    assertThat(Eviction.isEvidence(connected + 101 * MS, connected - MS, connected)).isFalse();
    assertThat(Eviction.isEvidence(connected - 2 * MS, connected - MS, connected)).isFalse();
  }
}
