package dev.photofinish.cli;

import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * A terminal that can be drawn on, and how large it is: asked anew when it says that it changed.
 */
final class Window {
  private static final Size USUAL = Size.of(80, 24);

  private final Terminal terminal;
  private volatile Size size;

  Window(Terminal terminal) {
    this.terminal = terminal;
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
    terminal.writer().write(text);
    terminal.flush();
  }
}
