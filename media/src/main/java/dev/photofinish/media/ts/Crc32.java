package dev.photofinish.media.ts;

import io.netty.buffer.ByteBuf;

/** The CRC of program tables (ISO/IEC 13818-1 annex A). */
final class Crc32 {
  private static final int POLYNOMIAL = 0x04c1_1db7;

  private Crc32() {}

  static int of(ByteBuf in, int from, int to) {
    int crc = -1;
    for (int i = from; i < to; i++) {
      crc ^= in.getByte(i) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
      }
    }
    return crc;
  }
}
