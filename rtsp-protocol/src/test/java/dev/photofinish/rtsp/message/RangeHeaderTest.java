package dev.photofinish.rtsp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The times of a Range header (RFC 2326 sections 3.5 to 3.7). */
class RangeHeaderTest {

  @Test
  void rangesAreMadeOfTimes() {
    Duration ten = Duration.ofSeconds(10);
    Instant noon = Instant.parse("2026-11-29T12:00:00.440Z");
    assertThat(RangeHeader.fromStart()).hasToString("npt=0.000-");
    assertThat(RangeHeader.from(Duration.ofMillis(3661_001))).hasToString("npt=3661.001-");
    assertThat(RangeHeader.between(ten, ten.plusMillis(500))).hasToString("npt=10.000-10.500");
    assertThat(RangeHeader.from(noon)).hasToString("clock=20261129T120000.440Z-");
    assertThat(RangeHeader.between(noon, noon.plusSeconds(60)))
        .hasToString("clock=20261129T120000.440Z-20261129T120100.440Z");
    assertThatThrownBy(() -> RangeHeader.from(Duration.ofSeconds(-1)))
        .hasMessageContaining("from 0");
  }

  @ParameterizedTest
  @CsvSource({
    "npt=0-, 0",
    "npt=12.5-20, 12500",
    "npt=1:02:03.25-, 3723250",
    "clock=19700102T000001Z-, 86401000",
    "clock=19961108T143720.25Z-, 847463840250",
    "smpte=10:12:33:20-, 36753666",
    "smpte-25=10:07:00:05.01-, 36420200",
    "smpte-30-drop=0:01:00-, 60000"
  })
  void theStartIsReadInEveryUnit(String range, long millis) throws Exception {
    assertThat(RangeHeader.parse(range).startNanos().orElseThrow() / 1_000_000).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "npt=now-",
        "npt=-10",
        "npt=99999999999999999999-",
        "npt=999999999:00:00-",
        "clock=20261329T120000Z-",
        "clock=99991231T235959Z-"
      })
  void whatIsNoTimeHasNone(String range) throws Exception {
    assertThat(RangeHeader.parse(range).startNanos()).isEmpty();
  }

  /** The record takes any text, also what no header can say. */
  @ParameterizedTest
  @CsvSource({
    "npt, 999999999::1",
    "npt, 999999999:59",
    "npt, 1:2:x",
    "smpte, 99:99999999999:00",
    "smpte, 1:2",
    "clock, 20261129T120000"
  })
  void whatIsNotWrittenAsATimeHasNone(String unit, String start) {
    assertThat(new RangeHeader(unit, start, "", Optional.empty()).startNanos()).isEmpty();
  }

  @Test
  void theEndIsReadLikeTheStart() throws Exception {
    assertThat(RangeHeader.parse("npt=10-20.5").endNanos()).hasValue(20_500_000_000L);
    assertThat(RangeHeader.parse("npt=10-").endNanos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "npt=10-20, 12345999999, npt=12.345-20",
    "clock=20261129T120000Z-20261129T130000Z, 847463840250000000,"
        + " clock=19961108T143720.250Z-20261129T130000Z",
    "smpte-25=0:00:10-0:01:00, 3661999999999, smpte-25=01:01:01-0:01:00"
  })
  void aRangeGoesOnFromElsewhere(String range, long nanos, String expected) throws Exception {
    RangeHeader moved = RangeHeader.parse(range).startingAt(nanos);
    assertThat(moved).hasToString(expected).isEqualTo(RangeHeader.parse(expected));
  }
}
