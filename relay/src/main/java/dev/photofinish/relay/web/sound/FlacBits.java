package dev.photofinish.relay.web.sound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Bits written one after the other, the highest first, and FLAC's checks of them. */
final class FlacBits {
  private static final int CRC8 = 0x07;
  private static final int CRC16 = 0x8005;

  private final ByteBuf out;
  private long waiting;
  private int count;

  FlacBits(ByteBuf out) {
    this.out = out;
  }

  /** The lowest bits of a value. */
  FlacBits write(int value, int bits) {
    if (bits > 0) {
      waiting = (waiting << bits) | (value & ((1L << bits) - 1));
      count += bits;
      while (count >= 8) {
        count -= 8;
        out.writeByte((int) (waiting >>> count));
      }
      waiting &= (1L << count) - 1;
    }
    return this;
  }

  /** So many zeros, then a one. */
  FlacBits unary(int zeros) {
    int left = zeros;
    for (; left >= 32; left -= 32) {
      write(0, 32);
    }
    return write(1, left + 1);
  }

  /** A number of up to 36 bits, coded as UTF-8 codes characters (RFC 9639 section 9.1.5). */
  FlacBits number(long value) {
    if (value < 0x80) {
      return write((int) value, 8);
    }
    int following = 1;
    while (following < 6 && value >>> (6 * following + 6 - following) != 0) {
      following++;
    }
    int lead = (0xff << (7 - following)) & 0xff;
    write(lead | (int) (value >>> (6 * following)), 8);
    for (int i = following - 1; i >= 0; i--) {
      write(0x80 | (int) (value >>> (6 * i) & 0x3f), 8);
    }
    return this;
  }

  void align() {
    write(0, (8 - count) % 8);
  }

  int crc8() {
    return crc(CRC8, 8);
  }

  int crc16() {
    return crc(CRC16, 16);
  }

  private int crc(int polynomial, int width) {
    int crc = 0;
    for (int i = 0; i < out.writerIndex(); i++) {
      crc ^= out.getUnsignedByte(i) << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        boolean high = (crc >>> (width - 1) & 1) == 1;
        crc = ((crc << 1) ^ (high ? polynomial : 0)) & ((1 << width) - 1);
      }
    }
    return crc;
  }

  ByteBuf buffer() {
    return out;
  }

  byte[] bytes() {
    return ByteBufUtil.getBytes(out);
  }
}
