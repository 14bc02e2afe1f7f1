package dev.photofinish.cli.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reader of standard output: a person at a terminal, or something else.
 *
 * @param window null where what was drawn cannot be drawn over
 * @param isTerminal whether lines are broken at its width, rather than left as they are
 * @param width columns, asked each time because a window changes
 */
public record Screen(
    @Nullable Window window,
    boolean isTerminal,
    boolean colours,
    Glyphs glyphs,
    IntSupplier width) {
  private static final int PLAIN_WIDTH = 80;
  private static final int NARROWEST = 24;

  /** A file, a pipe or a test: 80 columns, nothing moves. */
  public static Screen plain(Charset charset) {
    return new Screen(null, false, false, Glyphs.of(charset), () -> PLAIN_WIDTH);
  }

  public static Screen plain() {
    return plain(StandardCharsets.UTF_8);
  }

  /** A terminal that wants neither colours nor anything that moves. */
  static Screen still(Charset charset, int columns) {
    int width = Math.max(NARROWEST, columns);
    return new Screen(null, true, false, Glyphs.of(charset), () -> width);
  }

  static Screen of(Window window, Charset charset) {
    return new Screen(
        window, true, true, Glyphs.of(charset), () -> Math.max(NARROWEST, window.columns()));
  }

  public String paint(Style style, String text) {
    return style.paint(text, colours);
  }

  /** {@code text} broken at words, all lines but the first behind {@code indent} blanks. */
  public List<String> wrap(String text, int indent) {
    return isTerminal
        ? Wrap.lines(text, width.getAsInt(), indent, glyphs.ellipsis())
        : List.of(text);
  }
}
