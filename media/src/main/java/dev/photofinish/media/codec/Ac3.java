package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.BitReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The AC3SpecificBox (ETSI TS 102 366 annex F.4), of the beginning of a frame. */
public final class Ac3 {
  private static final int HEADER_BYTES = 8;

  private Ac3() {}

  public static boolean isKnown(ByteBuf head) {
    return head.readableBytes() >= HEADER_BYTES
        && head.getUnsignedShort(head.readerIndex()) == 0x0b77;
  }

  /** The content of dac3. */
  public static ByteBuf record(ByteBuf head) {
    BitReader bits = BitReader.plain(head, head.readerIndex() + 4, head.readableBytes() - 4);
    int rate = bits.bits(2);
    int size = bits.bits(6);
    int version = bits.bits(5);
    int mode = bits.bits(3);
    int channels = bits.bits(3);
    if ((channels & 1) != 0 && channels != 1) {
      bits.skip(2); // cmixlev
    }
    if ((channels & 4) != 0) {
      bits.skip(2); // surmixlev
    }
    if (channels == 2) {
      bits.skip(2); // dsurmod
    }
    int lfe = bits.bit();
    int packed =
        rate << 22 | version << 17 | mode << 14 | channels << 11 | lfe << 10 | (size >> 1) << 5;
    return Unpooled.buffer(3).writeMedium(packed);
  }
}
