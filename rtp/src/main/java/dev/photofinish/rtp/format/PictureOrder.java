package dev.photofinish.rtp.format;

import java.util.Optional;

/** Reads where frames stand in the order in which they are shown. */
interface PictureOrder {
  /**
   * The place of a frame.
   *
   * @param begins whether all frames before it are shown before it, and counts start again
   * @param count the picture order count; a frame with a lower one is shown before
   * @param reordered frames that may come before one that is shown before them
   */
  record Place(boolean begins, long count, int reordered) {}

  /** Of the next frame in decoding order; empty where it does not say it. */
  Optional<Place> next(Frame frame);

  /**
   * The full count of a picture (H.264 section 8.2.1.1, H.265 section 8.3.1).
   *
   * @param low its lower bits
   * @param bits how many these are
   * @param before the full count of the picture that it refers to
   */
  static long count(int low, int bits, long before) {
    long range = 1L << bits;
    long lowBefore = before & (range - 1);
    long high = before - lowBefore;
    if (low < lowBefore && lowBefore - low >= range / 2) {
      high += range;
    } else if (low > lowBefore && low - lowBefore > range / 2) {
      high -= range;
    }
    return high + low;
  }
}
