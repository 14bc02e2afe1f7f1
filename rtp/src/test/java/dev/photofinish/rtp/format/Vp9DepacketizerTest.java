package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9628 section 4.2. */
class Vp9DepacketizerTest {
  /** Profile 0, a key frame of 64 x 48. */
  private static final String KEY = "82 498342 0003f002f0";

  private static FormatScript script() {
    return new FormatScript("VP9", 90_000, 0, "");
  }

  @Test
  void descriptorsAreLeftOut() {
    try (FormatScript script = script()) {
      script.packet("88 05" + KEY).last("84 05 11"); // begin; end
      script.later(3600).last("dc 8006 05 02 86aa"); // flexible, two references
      assertThat(script.hex(0)).isEqualTo(KEY.replace(" ", "") + "11");
      assertThat(script.hex(1)).isEqualTo("86aa");
      assertThat(script.frames()).extracting(Frame::isKeyFrame).containsExactly(true, false);
      assertThat(script.frame(0).format().width()).isEqualTo(64);
      assertThat(script.frame(0).format().height()).isEqualTo(48);
    }
  }

  /** Section 4.2.1: two layers with their sizes, and a group of one picture. */
  @Test
  void theLayersOfAPictureAreOneFrame() {
    try (FormatScript script = script()) {
      script.packet("ae 05 00 01 38 0020 0018 0040 0030 01 04 01" + KEY);
      script.last("ac 05 02 01 8600");
      assertThat(script.frame(0).unitCount()).isEqualTo(2);
      assertThat(script.frame(0).format().width()).isEqualTo(64);
      assertThat(script.frame(0).isDamaged()).isFalse();
      script.later(3600).lose(1).last("ac 06 02 01 8600");
      assertThat(script.frame(1).isDamaged()).isTrue();
    }
  }
}
