package dev.photofinish.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * A terminal whose last lines are drawn over while others scroll away above them. Thread-safe:
 * states, logs and the redrawing timer come from different threads.
 */
public final class LiveDisplay implements AutoCloseable {
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_REST_OF_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  /** The first lines, which say whose the others are. */
  private static final int HEAD = 3;

  private static final String END = "\r\n";

  private final Window window;
  private final char ellipsis;

  /** As they stand on the screen, the cursor below them. */
  private List<String> status = List.of();

  public LiveDisplay(Window window, Glyphs glyphs) {
    this.window = window;
    ellipsis = glyphs.ellipsis();
  }

  /** A line that stays. */
  public void line(String text) {
    lines(List.of(text));
  }

  /** Lines that stay, with nothing between them. */
  public synchronized void lines(List<String> texts) {
    draw(texts, status);
  }

  /** Lines that stay where {@code lines} of the status stood, which is now another. */
  public synchronized void lines(List<String> texts, List<String> lines) {
    draw(texts, lines);
  }

  /** The lines at the bottom; of more than the screen has, the first and the last. */
  public synchronized void status(List<String> lines) {
    List<String> fitting = fitting(lines);
    if (!fitting.equals(status)) {
      draw(List.of(), fitting);
    }
  }

  private void draw(List<String> staying, List<String> next) {
    StringBuilder out = new StringBuilder(home());
    if (!staying.isEmpty()) {
      out.append(CLEAR_BELOW); // they may be wider than the screen
      staying.forEach(line -> out.append(line).append(END));
    }
    status = fitting(next);
    status.forEach(line -> out.append(line).append(CLEAR_REST_OF_LINE).append(END));
    window.write(out.append(CLEAR_BELOW).toString());
  }

  /** To where the status begins. A screen that became narrower has wrapped its lines. */
  private String home() {
    int rows = 0;
    for (String line : status) {
      rows += 1 + Math.max(0, Wrap.columns(line) - 1) / window.columns();
    }
    return rows == 0 ? "\r" : "\r" + UP.formatted(rows);
  }

  /** A row is left for the cursor; each line ends before the last column, where terminals wrap. */
  private List<String> fitting(List<String> lines) {
    List<String> fitting = new ArrayList<>();
    for (String line : withoutMiddle(lines, window.rows() - 1)) {
      fitting.add(Wrap.clip(line, window.columns() - 1, ellipsis));
    }
    return fitting;
  }

  private static List<String> withoutMiddle(List<String> lines, int rows) {
    if (lines.size() <= rows) {
      return lines;
    }
    int head = Math.min(HEAD, rows / 2);
    List<String> kept = new ArrayList<>(lines.subList(0, head));
    kept.addAll(lines.subList(lines.size() - (rows - head), lines.size()));
    return kept;
  }

  /** The status goes, the lines stay. */
  @Override
  public synchronized void close() {
    status(List.of());
  }
}
