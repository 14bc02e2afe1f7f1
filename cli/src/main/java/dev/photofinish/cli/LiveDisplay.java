package dev.photofinish.cli;

import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;

/**
 * A terminal whose last lines are drawn over while others scroll away above them. Thread-safe:
 * states, logs and the second's tick come from different threads.
 */
final class LiveDisplay implements AutoCloseable {
  private final Terminal terminal;
  private final Display display;
  private List<String> status = List.of();

  LiveDisplay(Terminal terminal) {
    this.terminal = terminal;
    display = new Display(terminal, false);
  }

  /** A line that stays. */
  synchronized void line(String text) {
    draw(List.of());
    terminal.writer().println(text);
    draw(status);
  }

  /** The lines at the bottom, none wider than the screen. */
  synchronized void status(List<String> lines) {
    status = List.copyOf(lines);
    draw(status);
  }

  private void draw(List<String> lines) {
    Size size = terminal.getSize();
    display.resize(size);
    display.updateAnsi(lines, -1);
    terminal.flush();
  }

  /** The status goes, the lines stay. */
  @Override
  public synchronized void close() {
    status(List.of());
  }
}
