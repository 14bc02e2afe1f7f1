package dev.photofinish.camera.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** ITU-T H.264 sections 7.2 and 9.1. */
class BitWriterTest {

  @Test
  void writesExpGolombCodes() {
    // 1, 010, 011, 00100, 00111 and the stop bit
    byte[] bytes = new BitWriter().ue(0).ue(1).ue(2).ue(3).ue(6).finish();
    assertThat(bytes).containsExactly(0b1010_0110, 0b0100_0011, 0b1100_0000);
  }

  @Test
  void writesBitsAndWholeBytes() {
    byte[] bytes =
        new BitWriter().bits(5, 3).align().bytes(new byte[] {7}).bits(0xffffffffL, 32).finish();
    assertThat(bytes).containsExactly(0xa0, 7, 0xff, 0xff, 0xff, 0xff, 0x80);
  }

  @Test
  void wholeBytesWantAlignment() {
    assertThatThrownBy(() -> new BitWriter().flag(true).bytes(new byte[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("not byte aligned: 1 bits pending");
  }
}
