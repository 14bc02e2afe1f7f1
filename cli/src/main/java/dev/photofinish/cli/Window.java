package dev.photofinish.cli;

import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/**
 * A terminal that can be drawn on, and how large it is: asked anew when it says that it changed.
 */
final class Window {
  private final Terminal terminal;
  private volatile Size size;

  Window(Terminal terminal) {
    this.terminal = terminal;
    size = terminal.getSize();
    terminal.handle(Terminal.Signal.WINCH, signal -> size = terminal.getSize());
  }

  /** 1 or more. */
  int columns() {
    return Math.max(1, size.getColumns());
  }

  /** 1 or more. */
  int rows() {
    return Math.max(1, size.getRows());
  }

  void write(String text) {
    terminal.writer().write(text);
    terminal.flush();
  }
}
