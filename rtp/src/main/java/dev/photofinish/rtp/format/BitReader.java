package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * Reads bits, highest first; of a NAL unit it leaves the emulation prevention bytes out (H.264
 * section 7.3.1). Behind the end there are zeros only, and {@link #isOver} says so: what is read of
 * a broken parameter set is bounded like any other.
 */
public final class BitReader {
  private final ByteBuf in;
  private final boolean escaped;
  private final int end;
  private int index;
  private int current;
  private int left;
  private int zeros;
  private boolean over;
  private int read;

  /** Of the {@code length} bytes of a NAL unit at {@code index}. */
  public BitReader(ByteBuf in, int index, int length) {
    this(in, index, length, true);
  }

  private BitReader(ByteBuf in, int index, int length, boolean escaped) {
    this.in = in;
    this.escaped = escaped;
    this.index = index;
    this.end = index + length;
  }

  /** Of the {@code length} bytes at {@code index} as they are, such as those of an OBU. */
  public static BitReader plain(ByteBuf in, int index, int length) {
    return new BitReader(in, index, length, false);
  }

  public boolean isOver() {
    return over;
  }

  public int bit() {
    if (left == 0) {
      next();
    }
    left--;
    read++;
    return (current >> left) & 1;
  }

  /** Bits that were read. */
  public int position() {
    return read;
  }

  private void next() {
    if (escaped && zeros == 2 && index < end && in.getByte(index) == 3) {
      index++;
      zeros = 0;
    }
    over |= index >= end;
    current = index < end ? in.getUnsignedByte(index++) : 0;
    zeros = current == 0 ? Math.min(2, zeros + 1) : 0;
    left = 8;
  }

  public boolean flag() {
    return bit() != 0;
  }

  /** At most 32; the value of 32 bits is that of an int. */
  public int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  public void skip(int count) {
    for (int i = 0; i < count && !over; i++) {
      bit();
    }
  }

  /** An unsigned Exp-Golomb code (H.264 section 9.1), at most 2^31 - 2. */
  public int unsigned() {
    int length = 0;
    while (length < 31 && !over && bit() == 0) {
      length++;
    }
    return (1 << length) - 1 + bits(length);
  }

  /** A signed Exp-Golomb code. */
  public int signed() {
    int code = unsigned();
    return (code & 1) == 0 ? -(code >> 1) : (code >> 1) + 1;
  }
}
