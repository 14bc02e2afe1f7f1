package dev.photofinish.relay.web.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The durations that a playlist promises. */
class TargetsTest {
  private static final long MILLI = 1_000_000;

  @Test
  void theTargetDurationIsTheLongestSegmentInWholeSeconds() {
    assertThat(Targets.of(950 * MILLI, 40 * MILLI).seconds()).isEqualTo(1);
    assertThat(Targets.of(4_400 * MILLI, 40 * MILLI).seconds()).isEqualTo(4);
    assertThat(Targets.of(40 * MILLI, 40 * MILLI).seconds()).isEqualTo(1);
  }

  /** Whole frames fit: {@code frames} of them are between 85 and 100 % of the target. */
  @ParameterizedTest
  @CsvSource({"40,346,8", "33,322,9", "100,325,3", "200,433,2", "1000,1082,1", "0,325,300"})
  void aPartIsAFewFrames(long frameMillis, long partMillis, long frames) {
    Targets targets = Targets.of(1000 * MILLI, frameMillis * MILLI);
    assertThat(targets.partNanos()).isEqualTo(partMillis * MILLI);
    long length = frames * Math.max(1, frameMillis) * MILLI;
    assertThat(length).isBetween(targets.leastPartNanos(), targets.partNanos());
  }

  /** Sections 4.4.3.8, 6.2.2 and 6.2.5.2. */
  @Test
  void holdBackAndLimitsFollowFromThem() {
    Targets two = Targets.of(2_000 * MILLI, 40 * MILLI);
    assertThat(two.holdBackNanos()).isEqualTo(3 * two.partNanos());
    assertThat(two.advancePartLimit()).isEqualTo(9);
    assertThat(two.mostWaitingSeconds()).isEqualTo(6);
    assertThat(Targets.of(1_000 * MILLI, 1_000 * MILLI).advancePartLimit()).isEqualTo(3);
  }
}
