package dev.photofinish.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Breaks a line, which may hold colours, at words. */
final class Wrap {
  private static final String RESET = "\u001b[0m";
  private static final String SEQUENCE = "\u001b[";

  private final int width;
  private final String indent;
  private final char ellipsis;
  private final List<String> lines = new ArrayList<>();
  private String line = "";

  private Wrap(int width, int indent, char ellipsis) {
    this.width = width;
    this.indent = " ".repeat(indent);
    this.ellipsis = ellipsis;
  }

  /**
   * Lines of at most {@code width} columns, all but the first behind {@code indent} blanks. A word
   * that is wider than a line is cut, and {@code ellipsis} marks that.
   */
  static List<String> lines(String text, int width, int indent, char ellipsis) {
    int room = Math.min(indent, width / 2);
    Wrap wrap = new Wrap(width, room, ellipsis);
    List<String> words = List.of(text.split(" ", -1));
    wrap.addFitting("", words.get(0));
    words.subList(1, words.size()).forEach(word -> wrap.addFitting(" ", word));
    wrap.lines.add(wrap.line.stripTrailing());
    return wrap.lines;
  }

  private void addFitting(String between, String word) {
    String longer = line + between + word;
    if (columns(longer) <= width) {
      line = longer;
      return;
    }
    if (!line.isBlank()) {
      breakLine();
    }
    line += clip(word, width - columns(line), ellipsis);
  }

  /** An open style continues behind the indent of the next line. */
  private void breakLine() {
    String style = openStyle(line);
    lines.add(line.stripTrailing() + (style.isEmpty() ? "" : RESET));
    line = indent + style;
  }

  private static String openStyle(String line) {
    int last = line.lastIndexOf(SEQUENCE);
    String sequence = last < 0 ? "" : line.substring(last, line.indexOf('m', last) + 1);
    return sequence.equals(RESET) ? "" : sequence;
  }

  /** At most {@code width} columns of a line that may hold colours; a cut is marked. */
  static String clip(String line, int width, char ellipsis) {
    if (columns(line) <= width) {
      return line;
    }
    return width <= 0
        ? ""
        : AttributedString.fromAnsi(line).columnSubSequence(0, width - 1).toAnsi() + ellipsis;
  }

  /** The columns that {@code line} takes on a terminal. */
  static int columns(String line) {
    return AttributedString.fromAnsi(line).columnLength();
  }
}
