package dev.photofinish.camera.media;

import java.io.ByteArrayOutputStream;

/** Writes the syntax elements of ITU-T H.264 (section 7.2) into a raw byte sequence payload. */
final class BitWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int filled;

  /** {@code u(count)}: the low {@code count} bits of {@code value}, 1 to 32. */
  BitWriter bits(long value, int count) {
    for (int i = count - 1; i >= 0; i--) {
      current = (current << 1) | (int) ((value >>> i) & 1);
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

  /** {@code ue(v)}: unsigned Exp-Golomb, section 9.1. */
  BitWriter ue(int value) {
    int length = 32 - Integer.numberOfLeadingZeros(value + 1);
    return bits(value + 1L, 2 * length - 1);
  }

  /** {@code pcm_alignment_zero_bit}s. */
  BitWriter align() {
    return filled == 0 ? this : bits(0, 8 - filled);
  }

  /** Whole bytes; only where the writer is aligned. */
  BitWriter bytes(byte[] whole) {
    if (filled != 0) {
      throw new IllegalStateException("not byte aligned: " + filled + " bits pending");
    }
    bytes.writeBytes(whole);
    return this;
  }

  /** {@code rbsp_trailing_bits()}, then everything written so far. */
  byte[] finish() {
    bits(1, 1).align();
    return bytes.toByteArray();
  }
}
