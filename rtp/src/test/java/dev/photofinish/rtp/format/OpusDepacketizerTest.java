package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7587; the durations are those of RFC 6716 section 3.1. */
class OpusDepacketizerTest {
  private static FormatScript script() {
    return new FormatScript("opus", 48_000, 2, "sprop-stereo=1");
  }

  @ParameterizedTest
  @CsvSource({
    "00, 480", // SILK of 10 ms
    "18, 2880", // 60 ms
    "68, 960", // hybrid of 20 ms
    "80, 120", // CELT of 2.5 ms
    "f8, 960", // 20 ms
    "f9, 1920", // two of it
    "fb 03, 2880", // three
    "fb 06 00, 5760", // 120 ms
  })
  void thePacketSaysItsDuration(String packet, int duration) {
    try (FormatScript script = script()) {
      script.last(packet);
      assertThat(script.frame(0).duration()).isEqualTo(duration);
      assertThat(script.frame(0).isDamaged()).isFalse();
      assertThat(script.hex(0)).isEqualTo(packet.replace(" ", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({"fb", "fb00", "fb07", "1b03"})
  void moreThan120MillisecondsAreNoOpus(String packet) {
    try (FormatScript script = script()) {
      script.last(packet);
      assertThat(script.frame(0).isDamaged()).isTrue();
    }
  }

  @Test
  void whatIsLostIsCounted() {
    try (FormatScript script = script()) {
      script.last("f8aa").later(960).lose(2).last("f8bb").later(960).last("f8cc");
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 2, 0);
    }
  }
}
