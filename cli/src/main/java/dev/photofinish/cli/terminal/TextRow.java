package dev.photofinish.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** One line of text with a style for each column; what is put later lies above. */
public final class TextRow {
  private final char[] cells;
  private final Style[] styles;

  public TextRow(int width) {
    cells = new char[width];
    styles = new Style[width];
    Arrays.fill(cells, ' ');
    Arrays.fill(styles, Style.PLAIN);
  }

  /** {@code words} on as few lines as hold them. */
  public static List<String> wrap(Collection<String> words, String between, int width) {
    List<String> lines = new ArrayList<>();
    String line = "";
    for (String word : words) {
      String longer = line.isEmpty() ? word : line + between + word;
      if (longer.length() > width && !line.isEmpty()) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    if (!line.isEmpty()) {
      lines.add(line);
    }
    return lines;
  }

  public void put(int column, char cell, Style style) {
    if (column >= 0 && column < cells.length) {
      cells[column] = cell;
      styles[column] = style;
    }
  }

  /** What does not fit at the right edge is moved to the left. */
  public void put(int column, String text, Style style) {
    int from = Math.max(0, Math.min(column, cells.length - text.length()));
    for (int i = 0; i < text.length(); i++) {
      put(from + i, text.charAt(i), style);
    }
  }

  public void fill(int from, int to, char cell, Style style) {
    for (int column = from; column <= to; column++) {
      put(column, cell, style);
    }
  }

  /** Without trailing blanks. */
  public String text(boolean colours) {
    int length = cells.length;
    while (length > 0 && cells[length - 1] == ' ') {
      length--;
    }
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (int column = 1; column <= length; column++) {
      if (column == length || styles[column] != styles[from]) {
        text.append(styles[from].paint(new String(cells, from, column - from), colours));
        from = column;
      }
    }
    return text.toString();
  }
}
