package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** Numbers in groups of seven bits, the lowest first (AV1 specification section 4.10.5). */
final class Leb128 {
  private static final int MOST_BYTES = 8;

  private Leb128() {}

  /** The number at an index; -1 where it has no end, or needs more than 32 bits. */
  static long value(ByteBuf in, int index, int end) {
    long value = 0;
    for (int i = 0; i < MOST_BYTES && index + i < end; i++) {
      int b = in.getByte(index + i);
      value |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        return value >>> 32 == 0 ? value : -1;
      }
    }
    return -1;
  }

  /** The bytes of the number at an index; 0 where it has no end. */
  static int length(ByteBuf in, int index, int end) {
    for (int i = 0; i < MOST_BYTES && index + i < end; i++) {
      if (in.getByte(index + i) >= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Writes a number in as few bytes as it needs. */
  static void write(ByteBuf out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }
}
