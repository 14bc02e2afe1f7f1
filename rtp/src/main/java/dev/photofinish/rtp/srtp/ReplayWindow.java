package dev.photofinish.rtp.srtp;

import java.util.Arrays;

/**
 * The indices of a source that were seen lately (RFC 3711 section 3.3.2): a ring of bits.
 *
 * <p>It reaches further back than the 64 that the RFC asks for, since packets may be late over UDP.
 */
final class ReplayWindow {
  /** How far behind the highest index a packet may be. */
  static final int SIZE = 1024;

  private final long[] seen = new long[SIZE / Long.SIZE];

  /** Negative before the first. */
  private long highest = -1;

  /** Negative before the first. */
  long highest() {
    return highest;
  }

  /** Whether {@code index} is neither too old nor seen. */
  boolean isNew(long index) {
    return index > highest || (index >= 0 && highest - index < SIZE && !has(index));
  }

  /** An authentic packet with this index, which is new, was received. */
  void add(long index) {
    if (index > highest) {
      forget(highest + 1, index);
      highest = index;
    }
    seen[word(index)] |= 1L << index;
  }

  /** Clears the bits of {@code from} to {@code to}, which were those of indices too old by now. */
  private void forget(long from, long to) {
    if (to - from >= SIZE) {
      Arrays.fill(seen, 0);
      return;
    }
    for (long index = from; index <= to; index++) {
      seen[word(index)] &= ~(1L << index);
    }
  }

  private boolean has(long index) {
    return (seen[word(index)] & 1L << index) != 0;
  }

  private static int word(long index) {
    return (int) (index % SIZE) / Long.SIZE;
  }
}
