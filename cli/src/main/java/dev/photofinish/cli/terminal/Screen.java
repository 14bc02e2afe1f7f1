package dev.photofinish.cli.terminal;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How standard output is read: by a person at a terminal, or by something else.
 *
 * @param window null where what was drawn cannot be drawn over
 * @param width columns, asked each time because a window changes
 */
public record Screen(@Nullable Window window, boolean colours, Glyphs glyphs, IntSupplier width) {
  private static final int PLAIN_WIDTH = 80;

  /** A file, a pipe or a test: 80 columns, nothing moves. */
  public static Screen plain(Charset charset) {
    return new Screen(null, false, Glyphs.of(charset), () -> PLAIN_WIDTH);
  }

  public static Screen plain() {
    return plain(StandardCharsets.UTF_8);
  }

  public String paint(Style style, String text) {
    return style.paint(text, colours);
  }
}
