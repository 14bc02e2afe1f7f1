package dev.photofinish.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/** RFC 3550 section 5.1. */
class RtpWriterTest {
  @Test
  void packetsAreNumberedAndCounted() throws Exception {
    RtpWriter writer = new RtpWriter(0x89ab_cdefL, 96, 65_535);
    ByteBuf payload = Unpooled.copiedBuffer(new byte[] {1, 2, 3});
    ByteBuf first = writer.packet(payload, 0xffff_fff0L, true);
    assertThat(ByteBufUtil.hexDump(first)).isEqualTo("80e0fffffffffff089abcdef010203");
    ByteBuf second = writer.packet(Unpooled.EMPTY_BUFFER, 16, false);
    RtpHeader header = RtpHeader.parse(second.nioBuffer());
    assertThat(header.sequence()).isZero();
    assertThat(header.marker()).isFalse();
    assertThat(header.timestamp()).isEqualTo(16);
    assertThat(writer.packets()).isEqualTo(2);
    assertThat(writer.octets()).isEqualTo(3);
    assertThat(writer.sequence()).isEqualTo(1);
    first.release();
    second.release();
    assertThat(payload.refCnt()).isZero();
  }

  @Test
  void aPayloadTypeHasSevenBits() {
    assertThatThrownBy(() -> new RtpWriter(1, 128, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("payloadType: 128 is not valid; expected 0 to 127");
  }
}
