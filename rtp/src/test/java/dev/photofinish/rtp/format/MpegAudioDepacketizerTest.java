package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 2250 section 3.5; the frames are those of ISO 11172-3. */
class MpegAudioDepacketizerTest {
  /** Layer III of MPEG-2 at 8 kbit/s and 16 kHz, mono: 36 bytes. */
  private static final String FRAME = "fff318c0" + "11".repeat(32);

  private static FormatScript script() {
    return new FormatScript("MPA", 90_000, 0, "");
  }

  @ParameterizedTest
  @CsvSource({
    "fffb9064, 417, 1152, 44100, 2", // MP3, 128 kbit/s
    "fffb9264, 418, 1152, 44100, 2", // with padding
    "fffb94c4, 384, 1152, 48000, 1",
    "fff318c0, 36, 576, 16000, 1", // MPEG-2
    "ffe318c4, 72, 576, 8000, 1", // MPEG-2.5
    "fffd8400, 384, 1152, 48000, 2", // layer II, 128 kbit/s
    "ffff4400, 128, 384, 48000, 2", // layer I, 128 kbit/s
    "fffb0064, 0, 1152, 44100, 2", // free format
  })
  void theHeaderSaysSizeSamplesAndRate(
      String header, int bytes, int samples, int rate, int channels) {
    int bits = Integer.parseUnsignedInt(header, 16);
    assertThat(MpegAudioHeader.isHeader(bits)).isTrue();
    assertThat(MpegAudioHeader.parse(bits))
        .isEqualTo(new MpegAudioHeader(bytes, samples, rate, channels));
  }

  @Test
  void aPacketHasWholeFrames() {
    try (FormatScript script = script()) {
      script.last("00000000" + FRAME + FRAME);
      assertThat(script.hex(0)).isEqualTo(FRAME);
      assertThat(script.hex(1)).isEqualTo(FRAME);
      assertThat(script.frame(1).timestamp() - script.frame(0).timestamp()).isEqualTo(3240);
      assertThat(script.frame(1).duration()).isEqualTo(3240);
      assertThat(script.frame(0).format().sampleRate()).isEqualTo(16_000);
    }
  }

  /** The marker means the end of silence (RFC 3551 section 4.1), not the end of a frame. */
  @Test
  void aFrameMayComeInParts() {
    try (FormatScript script = script()) {
      script.last("00000000" + FRAME.substring(0, 40)).packet("00000014" + FRAME.substring(40));
      script.later(3240).packet("00000000" + FRAME);
      assertThat(script.hex(0)).isEqualTo(FRAME);
      assertThat(script.frames()).hasSize(2).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void whatIsLostIsMarked() {
    try (FormatScript script = script()) {
      script.packet("00000000" + FRAME.substring(0, 16)).lose(1); // inside
      script.packet("00000014" + FRAME.substring(40)).later(3240);
      script.lose(1).packet("00000014" + FRAME.substring(40)).later(3240); // its start
      script.packet("00000000" + FRAME.substring(0, 40)).lose(1).later(3240); // its end
      script.packet("00000000" + FRAME);
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, true, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(2, 2, 0);
    }
  }
}
