package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 4184; the frames are those of ATSC A/52. */
class Ac3DepacketizerTest {
  /** 48 kHz, 32 kbit/s, stereo: 128 bytes. */
  private static final String FRAME = "0b770000004040" + "22".repeat(121);

  private static FormatScript script() {
    return new FormatScript("ac3", 48_000, 2, "");
  }

  @Test
  void aPacketHasWholeFrames() {
    try (FormatScript script = script()) {
      script.last("0002" + FRAME + FRAME);
      assertThat(script.hex(0)).isEqualTo(FRAME);
      assertThat(script.hex(1)).isEqualTo(FRAME);
      assertThat(script.frame(1).timestamp() - script.frame(0).timestamp()).isEqualTo(1536);
      assertThat(script.frame(0).duration()).isEqualTo(1536);
      assertThat(script.frame(0).format().channels()).isEqualTo(2);
    }
  }

  /** Section 4.1.1: types 1 and 2 begin a frame, 3 continues it. */
  @Test
  void aFrameMayComeInParts() {
    try (FormatScript script = script()) {
      script.packet("0103" + FRAME.substring(0, 100)).packet("0303" + FRAME.substring(100, 200));
      script.last("0303" + FRAME.substring(200));
      assertThat(script.hex(0)).isEqualTo(FRAME);
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void whatIsLostIsMarked() {
    try (FormatScript script = script()) {
      script.packet("0203" + FRAME.substring(0, 100)).lose(1); // inside
      script.last("0303" + FRAME.substring(200)).later(1536);
      script.lose(1).last("0303" + FRAME.substring(200)).later(1536); // its start
      script.packet("0203" + FRAME.substring(0, 100)).lose(1).later(1536); // its end
      script.last("0001" + FRAME);
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, true, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(1, 3, 0);
    }
  }
}
