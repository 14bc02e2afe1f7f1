package dev.photofinish.relay.card;

import java.io.ByteArrayOutputStream;

/**
 * Writes the syntax elements of a NAL unit (section 7.2 of both ITU-T H.264 and H.265, which are
 * alike in all that is here).
 */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int filled;

  /** {@code u(count)}: the low bits of a value, 1 to 32 of them. */
  BitWriter bits(long value, int count) {
    for (int bit = count - 1; bit >= 0; bit--) {
      current = (current << 1) | (int) ((value >>> bit) & 1);
      if (++filled == 8) {
        bytes.write(current);
        current = 0;
        filled = 0;
      }
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return bits(value ? 1 : 0, 1);
  }

  /** {@code ue(v)}: Exp-Golomb, section 9.1. */
  BitWriter ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return bits(value + 1L, 2 * length - 1);
  }

  /** Zeros up to the next byte. */
  BitWriter align() {
    return filled == 0 ? this : bits(0, 8 - filled);
  }

  /** A whole byte, where the writer is at one. */
  BitWriter sample(int value) {
    bytes.write(value);
    return this;
  }

  /** {@code rbsp_trailing_bits}: a one, and zeros up to the next byte. */
  BitWriter trailing() {
    return bits(1, 1).align();
  }

  /**
   * The NAL unit of all that was written, up to the end of a byte: a 3 is put where the bytes would
   * look like a start code (section 7.4.1 of H.264, 7.4.2 of H.265).
   *
   * @param header of the unit, a byte each
   */
  byte[] unit(int... header) {
    byte[] payload = bytes.toByteArray();
    ByteArrayOutputStream unit = new ByteArrayOutputStream(payload.length + 16);
    for (int next : header) {
      unit.write(next);
    }
    int zeros = 0;
    for (byte next : payload) {
      if (zeros == 2 && (next & 0xff) <= 3) {
        unit.write(3);
        zeros = 0;
      }
      unit.write(next);
      zeros = next == 0 ? zeros + 1 : 0;
    }
    return unit.toByteArray();
  }
}
