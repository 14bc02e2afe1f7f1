package dev.photofinish.camera.media;

/**
 * The content of one macroblock of the test card. Two tiles that are equal look the same at the
 * same place, so the encoder skips what did not change by comparing tiles, not samples.
 *
 * @param glyph an index into {@link Glyphs}, 0 where the shape has none
 */
record Tile(Shape shape, int glyph) {

  enum Shape {
    BARS,
    /** The upper half of a character of two macroblocks. */
    UPPER,
    LOWER,
    /** A whole character in one macroblock. */
    SMALL,
    SQUARE
  }

  static final Tile BARS = new Tile(Shape.BARS, 0);
  static final Tile SQUARE = new Tile(Shape.SQUARE, 0);

  /** Whether the tile differs from the plain colour bars. */
  boolean drawn() {
    return shape != Shape.BARS;
  }

  /** Whether the sample of the tile at {@code x}, {@code y} (0 to 15) is ink. */
  boolean ink(int x, int y) {
    return switch (shape) {
      case BARS -> false;
      case UPPER -> Glyphs.ink(glyph, dot(x - 1, 3), dot(y - 4, 4));
      case LOWER -> Glyphs.ink(glyph, dot(x - 1, 3), dot(y + 12, 4));
      case SMALL -> Glyphs.ink(glyph, dot(x - 3, 2), dot(y - 1, 2));
      case SQUARE -> x >= 2 && x < 14 && y >= 2 && y < 14;
    };
  }

  private static int dot(int offset, int scale) {
    return Math.floorDiv(offset, scale);
  }
}
