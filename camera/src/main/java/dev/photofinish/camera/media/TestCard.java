package dev.photofinish.camera.media;

import java.time.LocalTime;
import java.util.Arrays;

/**
 * The picture: eight colour bars, the time of day in big digits, the frame number below it and a
 * square that moves one place a frame.
 *
 * <p>The bars are vertical and the last line of every tile is plain bar, so that any macroblock can
 * be predicted from the one above it without residual: the whole background costs a few bits.
 */
final class TestCard {

  static final int COLUMNS = 20;
  static final int ROWS = 15;
  static final int MACROBLOCK = 16;

  private static final int CLOCK_ROW = 4;
  private static final int CLOCK_COLUMN = 6;
  private static final int NUMBER_ROW = 8;
  private static final int NUMBER_COLUMN = 7;
  private static final int NUMBER_DIGITS = 6;
  private static final int SQUARE_ROW = 12;
  private static final int BAR_WIDTH = COLUMNS * MACROBLOCK / 8;

  /**
   * Y, Cb, Cr of each bar at 75 %, ITU-R BT.601: white, yellow, cyan, green, magenta, red, blue,
   * black.
   */
  private static final int[][] BAR_COLOURS = {
    {180, 128, 128}, {162, 44, 142}, {131, 156, 44}, {112, 72, 58},
    {84, 184, 198}, {65, 100, 212}, {35, 212, 114}, {16, 128, 128},
  };

  private static final int INK = 235;
  private static final int PAPER = 24;
  private static final int NEUTRAL = 128;

  private TestCard() {}

  /** The tiles of frame {@code number}, row by row. */
  static Tile[] frame(long number, LocalTime time) {
    Tile[] tiles = new Tile[COLUMNS * ROWS];
    Arrays.fill(tiles, Tile.BARS);
    drawClock(tiles, time);
    drawNumber(tiles, number);
    tiles[SQUARE_ROW * COLUMNS + (int) (number % COLUMNS)] = Tile.SQUARE;
    return tiles;
  }

  private static void drawClock(Tile[] tiles, LocalTime time) {
    int[] glyphs = {
      time.getHour() / 10, time.getHour() % 10, Glyphs.COLON,
      time.getMinute() / 10, time.getMinute() % 10, Glyphs.COLON,
      time.getSecond() / 10, time.getSecond() % 10
    };
    int at = CLOCK_ROW * COLUMNS + CLOCK_COLUMN;
    for (int i = 0; i < glyphs.length; i++) {
      tiles[at + i] = new Tile(Tile.Shape.UPPER, glyphs[i]);
      tiles[at + COLUMNS + i] = new Tile(Tile.Shape.LOWER, glyphs[i]);
    }
  }

  private static void drawNumber(Tile[] tiles, long number) {
    long rest = number;
    for (int i = NUMBER_DIGITS - 1; i >= 0; i--) {
      int digit = (int) (rest % 10);
      tiles[NUMBER_ROW * COLUMNS + NUMBER_COLUMN + i] = new Tile(Tile.Shape.SMALL, digit);
      rest /= 10;
    }
  }

  /** The 256 luma and 2 x 64 chroma samples of {@code tile} in {@code column}. */
  static byte[] samples(Tile tile, int column) {
    byte[] samples = new byte[384];
    for (int i = 0; i < 256; i++) {
      samples[i] = (byte) luma(tile, column, i % 16, i / 16);
    }
    for (int i = 0; i < 64; i++) {
      samples[256 + i] = (byte) chroma(tile, column, i % 8, i / 8, 1);
      samples[320 + i] = (byte) chroma(tile, column, i % 8, i / 8, 2);
    }
    return samples;
  }

  private static int luma(Tile tile, int column, int x, int y) {
    if (covered(tile, y, MACROBLOCK)) {
      return tile.ink(x, y) ? INK : PAPER;
    }
    return bar(column, x)[0];
  }

  private static int chroma(Tile tile, int column, int x, int y, int plane) {
    return covered(tile, y, MACROBLOCK / 2) ? NEUTRAL : bar(column, 2 * x)[plane];
  }

  /** The last line is bar where bars may come below. */
  private static boolean covered(Tile tile, int y, int height) {
    return tile.shape() == Tile.Shape.UPPER || (tile.drawn() && y < height - 1);
  }

  private static int[] bar(int column, int x) {
    return BAR_COLOURS[(column * MACROBLOCK + x) / BAR_WIDTH];
  }
}
