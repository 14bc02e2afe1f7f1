package dev.photofinish.relay.card;

/**
 * A square of a card that is coded as one.
 *
 * @param x of its left column, in pixels
 * @param y of its upper row, in pixels
 * @param size of its sides, in pixels, an even number
 */
record CardBlock(CardText text, int x, int y, int size) {
  private static final int GREY = 128;
  private static final int INK = 235;

  /**
   * Whether it has ink, or is next to some: the prediction of the others takes the column to their
   * left and the row above.
   */
  boolean needsSamples() {
    if (!text.reaches(x - 1, y - 1, size + 1)) {
      return false;
    }
    for (int dy = -1; dy < size; dy++) {
      for (int dx = -1; dx < size; dx++) {
        if (text.ink(x + dx, y + dy)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Writes its samples of 8 bits: luma, then both chroma of half its sides. */
  void writeSamples(BitWriter out) {
    for (int dy = 0; dy < size; dy++) {
      for (int dx = 0; dx < size; dx++) {
        out.sample(text.ink(x + dx, y + dy) ? INK : GREY);
      }
    }
    for (int chroma = 0; chroma < size * size / 2; chroma++) {
      out.sample(GREY);
    }
  }
}
