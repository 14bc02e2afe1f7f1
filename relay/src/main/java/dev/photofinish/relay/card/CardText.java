package dev.photofinish.relay.card;

import java.util.List;

/**
 * Lines of text in the middle of a picture, as large as they may be. What does not fit into a small
 * picture is cut.
 */
final class CardText {
  private static final int ADVANCE = Font.WIDTH + 1;
  private static final int LEADING = Font.HEIGHT + 3;

  /** Each dot costs bytes: it is sent without compression. */
  private static final int LARGEST = 4;

  private final List<String> lines;
  private final int longest;
  private final int scale;
  private final int left;
  private final int top;

  CardText(List<String> lines, int width, int height) {
    this.lines = lines;
    this.longest = lines.stream().mapToInt(String::length).max().orElse(0);
    int columns = (longest + 2) * ADVANCE;
    int rows = (lines.size() + 1) * LEADING;
    this.scale = Math.max(1, Math.min(LARGEST, Math.min(width / columns, height / rows)));
    this.left = Math.max(0, (width - longest * ADVANCE * scale) / 2);
    this.top = Math.max(0, (height - lines.size() * LEADING * scale) / 2);
  }

  /** Whether a square of pixels may have ink. */
  boolean reaches(int x, int y, int size) {
    return x + size > left
        && x < left + longest * ADVANCE * scale
        && y + size > top
        && y < top + lines.size() * LEADING * scale;
  }

  /** Whether a pixel is ink. */
  boolean ink(int x, int y) {
    int column = Math.floorDiv(x - left, scale);
    int row = Math.floorDiv(y - top, scale);
    if (column < 0 || row < 0 || row / LEADING >= lines.size() || column / ADVANCE >= longest) {
      return false;
    }
    String line = lines.get(row / LEADING);
    int indent = (longest - line.length()) * ADVANCE / 2;
    int at = (column - indent) / ADVANCE;
    return column >= indent
        && at < line.length()
        && Font.ink(line.charAt(at), (column - indent) % ADVANCE, row % LEADING);
  }
}
