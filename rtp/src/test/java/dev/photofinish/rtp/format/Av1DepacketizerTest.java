package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RTP Payload Format For AV1, version 1.0, section 4.4. */
class Av1DepacketizerTest {
  private static FormatScript script() {
    return new FormatScript("AV1", 90_000, 0, "");
  }

  @Test
  void elementsBecomeUnitsWithTheirSizes() {
    try (FormatScript script = script()) {
      script.last("00 02 1200 03 30 10 11 02 30 22"); // W = 0: each with its length
      assertThat(script.hex(0)).isEqualTo("32021011" + "320122");
      assertThat(script.frame(0).unitCount()).isEqualTo(2);
      script.later(3600).last("20 03 30 10 11 30 22"); // W = 2: the last without
      assertThat(script.hex(1)).isEqualTo("32021011" + "320122");
      script.later(3600).last("10 34 28 10 11"); // W = 1, with an extension header
      assertThat(script.hex(2)).isEqualTo("3628021011");
      script.later(3600).last("10 32 02 10 11"); // with its size already
      assertThat(script.hex(3)).isEqualTo("32021011");
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void fragmentsBecomeOneUnit() {
    try (FormatScript script = script()) {
      script.packet("60 02 3010 30 1011").packet("d0 12").last("90 13");
      assertThat(script.hex(0)).isEqualTo("320110" + "320410111213");
      assertThat(script.frame(0).isDamaged()).isFalse();
    }
  }

  @Test
  void aUnitThatIsNotWholeIsLeftOut() {
    try (FormatScript script = script()) {
      script.packet("60 02 3010 30 1011").lose(1).last("90 13");
      assertThat(script.hex(0)).isEqualTo("320110");
      assertThat(script.frame(0).isDamaged()).isTrue();
      script.later(3600).packet("50 30 1011").last("10 30 10"); // Y, but no Z after it
      assertThat(script.hex(1)).isEqualTo("320110");
      assertThat(script.frame(1).isDamaged()).isTrue();
      script.later(3600).last("00 7f 30"); // longer than the packet
      script.later(3600).last("10 32 05 10 11"); // a size that is wrong
      assertThat(script.frames()).hasSize(2);
    }
  }

  /** Sections 5.9.2 and 7.6.2 of the AV1 specification. */
  @Test
  void aKeyFrameThatIsShownIsOne() {
    try (FormatScript script = script()) {
      script.last("10 30 10").later(3600).last("10 30 00").later(3600).last("10 30 30");
      assertThat(script.frames()).extracting(Frame::isKeyFrame).containsExactly(true, false, false);
    }
  }
}
