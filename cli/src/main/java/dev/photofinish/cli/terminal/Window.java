package dev.photofinish.cli.terminal;

import java.io.PrintStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * A terminal that can be drawn on, and its size, read again after each change. What is drawn goes
 * through {@code out}, which outlives the terminal: JLine closes that as soon as the JVM begins to
 * shut down, while the last lines are still to come.
 */
public final class Window {
  private static final Size USUAL = Size.of(80, 24);

  private final PrintStream out;
  private volatile Size size;

  Window(Terminal terminal, PrintStream out) {
    this.out = out;
    size = terminal.getSize();
    terminal.handle(Terminal.Signal.WINCH, signal -> size = terminal.getSize());
  }

  /** 80 where the terminal does not know. */
  int columns() {
    return size.getColumns() > 0 ? size.getColumns() : USUAL.getColumns();
  }

  /** 24 where the terminal does not know. */
  int rows() {
    return size.getRows() > 0 ? size.getRows() : USUAL.getRows();
  }

  void write(String text) {
    out.print(text);
    out.flush();
  }
}
