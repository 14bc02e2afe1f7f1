package dev.photofinish.rtp.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 2250 section 2. */
class TransportStreamDepacketizerTest {
  private static final String PACKET = "47" + "00".repeat(187);

  private static FormatScript script() {
    return new FormatScript("MP2T", 90_000, 0, "");
  }

  @Test
  void aFrameIsThePacketsOfOnePayload() {
    try (FormatScript script = script()) {
      script.packet(PACKET.repeat(7)).lose(1).packet(PACKET);
      assertThat(script.hex(0)).isEqualTo(PACKET.repeat(7));
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 1);
      assertThat(script.frames()).noneMatch(Frame::isDamaged);
    }
  }

  @Test
  void whatIsNoPacketIsLeftOutAndMarked() {
    try (FormatScript script = script()) {
      script.packet("ffff" + PACKET + "4700").packet("aa").packet(PACKET);
      assertThat(script.hex(0)).isEqualTo(PACKET);
      assertThat(script.frames()).extracting(Frame::isDamaged).containsExactly(true, false);
      assertThat(script.frames()).extracting(Frame::lost).containsExactly(0, 1);
    }
  }
}
