package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.Ac3Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The AC3SpecificBox (ETSI TS 102 366 annex F.4), of the beginning of a frame. */
public final class Ac3 {
  private Ac3() {}

  public static boolean isKnown(ByteBuf head) {
    return head.readableBytes() >= Ac3Header.LENGTH && Ac3Header.isHeader(head, head.readerIndex());
  }

  /** The content of dac3. */
  public static ByteBuf record(ByteBuf head) {
    Ac3Header header = Ac3Header.parse(head, head.readerIndex());
    int rate = header.rateCode() << 22 | (header.sizeCode() >> 1) << 5; // bit_rate_code
    int kind = header.version() << 17 | header.service() << 14 | header.mode() << 11;
    return Unpooled.buffer(3).writeMedium(rate | kind | (header.hasLowFrequencies() ? 1 << 10 : 0));
  }
}
