package dev.photofinish.rtp.format;

import java.util.function.ToIntFunction;

/** Reads the recovery point of an SEI (H.264 sections 7.3.2.3.1 and D.1.8, H.265 D.2.8). */
final class RecoveryPoint {
  private static final int TYPE = 6;

  /** Messages of an SEI that are looked at; more is padding or nonsense. */
  private static final int MOST_MESSAGES = 32;

  private RecoveryPoint() {}

  /**
   * The access that an SEI says.
   *
   * @param bits of its messages
   * @param length of it in bytes
   * @param count reads the number of frames, or pictures, until all is right
   */
  static RandomAccess find(BitReader bits, int length, ToIntFunction<BitReader> count) {
    for (int i = 0; i < MOST_MESSAGES && !bits.isOver(); i++) {
      int type = extended(bits);
      int size = extended(bits);
      if (type == TYPE && !bits.isOver()) {
        int frames = count.applyAsInt(bits);
        return frames == 0 ? RandomAccess.RECOVERY_POINT : RandomAccess.INTRA_REFRESH;
      }
      bits.skip(8 * Math.min(size, length));
    }
    return RandomAccess.NONE;
  }

  /** A number in bytes of 255 and a last one. */
  private static int extended(BitReader bits) {
    int value = 0;
    int next;
    do {
      next = bits.bits(8);
      value += next;
    } while (next == 0xff && !bits.isOver());
    return value;
  }
}
