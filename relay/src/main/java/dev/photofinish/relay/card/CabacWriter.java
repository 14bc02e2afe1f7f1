package dev.photofinish.relay.card;

/** The arithmetic encoder that bins go through (ITU-T H.265 section 9.3). */
final class CabacWriter {
  private static final int WHOLE = 510;
  private static final int QUARTER = 1 << 8;
  private static final int HALF = 1 << 9;

  private final BitWriter out;
  private int low;
  private int range = WHOLE;

  /** Bits that are the opposite of the next one. */
  private int outstanding;

  private boolean first = true;

  /**
   * @param out at the beginning of a byte
   */
  CabacWriter(BitWriter out) {
    this.out = out;
  }

  /** A bin with a context. */
  void bin(CabacContext context, boolean value) {
    int less = context.lessProbableRange(range);
    range -= less;
    if (!context.expects(value)) {
      low += range;
      range = less;
    }
    context.update(value);
    renormalise();
  }

  /** A bin of which either value is as probable. */
  void bypass(boolean value) {
    low = 2 * low + (value ? range : 0);
    if (low >= 2 * HALF) {
      low -= 2 * HALF;
      put(true);
    } else if (low < HALF) {
      put(false);
    } else {
      low -= HALF;
      outstanding++;
    }
  }

  /**
   * A bin that may be the last one. Behind it come the last bits, of which the very last is a one,
   * and zeros up to the next byte; what follows begins again.
   */
  void terminate(boolean last) {
    range -= 2;
    if (!last) {
      renormalise();
      return;
    }
    low += range;
    range = 2;
    renormalise();
    put(((low >> 9) & 1) != 0);
    out.bits(((low >> 7) & 2) | 1, 2).align();
    low = 0;
    range = WHOLE;
    first = true;
  }

  private void renormalise() {
    while (range < QUARTER) {
      if (low >= HALF) {
        low -= HALF;
        put(true);
      } else if (low < QUARTER) {
        put(false);
      } else {
        low -= QUARTER;
        outstanding++;
      }
      range <<= 1;
      low <<= 1;
    }
  }

  /** The first bit says nothing, and is left out. */
  private void put(boolean bit) {
    if (first) {
      first = false;
    } else {
      out.flag(bit);
    }
    for (; outstanding > 0; outstanding--) {
      out.flag(!bit);
    }
  }
}
