package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 3551 section 4.5: encodings of samples. */
class SampleDepacketizerTest {
  @ParameterizedTest
  @CsvSource({
    "PCMU, 8000, 1, PCMU, 8000, 120", // static type 0
    "pcma, 0, 0, PCMA, 8000, 120", // without a rate
    "G722, 8000, 1, G722, 16000, 120", // section 4.5.2: the clock rate is 8000
    "G722, 16000, 1, G722, 16000, 240", // as some write it
    "G726-16, 8000, 0, G726, 8000, 480",
    "G726-24, 8000, 0, G726, 8000, 320",
    "G726-32, 8000, 0, G726, 8000, 240",
    "G726-40, 8000, 0, G726, 8000, 192",
    "AAL2-G726-32, 8000, 0, G726_AAL2, 8000, 240",
    "L8, 48000, 2, L8, 48000, 60",
    "L16, 44100, 2, L16, 44100, 30", // static type 10
    "L16, 44100, 1, L16, 44100, 60", // static type 11
    "L24, 44100, 4, L24, 44100, 10",
  })
  void aPacketIsAFrameOfSamples(
      String encoding, int clock, int channels, Codec codec, int rate, int duration) {
    try (FormatScript script = new FormatScript(encoding, clock, channels, "")) {
      FrameFormat format = script.depacketizer().format();
      assertThat(format.codec()).isEqualTo(codec);
      assertThat(format.sampleRate()).isEqualTo(rate);
      assertThat(format.channels()).isEqualTo(Math.max(1, channels));
      script.packet("aa".repeat(120)).lose(3).last("bb".repeat(120));
      assertThat(script.hex(1)).isEqualTo("bb".repeat(120));
      assertThat(script.frames()).extracting(Frame::duration).containsExactly(duration, duration);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 3);
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void anotherNameIsNotKnown() {
    assertThat(PayloadFormats.problem(new PayloadFormat("G728", 15, 8_000, 1, "")))
        .hasValue("no payload format of the name G728 is known");
  }
}
