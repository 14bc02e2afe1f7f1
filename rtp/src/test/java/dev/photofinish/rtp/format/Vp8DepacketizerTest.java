package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 7741 section 4.2. */
class Vp8DepacketizerTest {
  private static final String KEY = "500000 9d012a 8002 e001";

  @Test
  void descriptorsAreLeftOut() {
    try (FormatScript script = new FormatScript("VP8", 90_000, 0, "")) {
      script.packet("10" + KEY).packet("00 11").last("01 22"); // plain; another partition
      script.later(3600).last("90 80 05 01aa"); // PictureID of 7 bits
      script.later(3600).last("90 f0 8005 07 20 01bb"); // of 15, TL0PICIDX, TID and KEYIDX
      assertThat(script.hex(0)).isEqualTo(KEY.replace(" ", "") + "1122");
      assertThat(script.hex(1)).isEqualTo("01aa");
      assertThat(script.hex(2)).isEqualTo("01bb");
      assertThat(script.frames()).extracting(Frame::isKeyFrame).containsExactly(true, false, false);
      assertThat(script.frame(0).format().width()).isEqualTo(640);
      assertThat(script.frame(0).format().height()).isEqualTo(480);
    }
  }

  @Test
  void aFrameWithoutItsFirstPartitionIsDamaged() {
    try (FormatScript script = new FormatScript("VP8", 90_000, 0, "")) {
      script.last("10" + KEY).later(3600).lose(1).last("00 11").later(3600).lose(1).last("11 22");
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(false, true, true);
    }
  }
}
