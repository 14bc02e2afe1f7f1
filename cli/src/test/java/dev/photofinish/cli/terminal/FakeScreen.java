package dev.photofinish.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.Size;
import org.jline.terminal.Sized;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * A terminal that shows what was written to it, as far as a live display moves its cursor: up, to
 * the left, on, and clearing; when it becomes narrower, it wraps what it shows.
 */
public final class FakeScreen implements AutoCloseable {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Terminal terminal;
  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private int columns;
  private int row;
  private int column;

  public FakeScreen(int columns, int height) {
    this.columns = columns;
    try {
      terminal =
          TerminalBuilder.builder()
              .system(false)
              .streams(new ByteArrayInputStream(new byte[0]), out)
              .type("xterm")
              .encoding(StandardCharsets.UTF_8)
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    terminal.setSize((Sized) Size.of(columns, height));
  }

  public Window window() {
    return new Window(terminal, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  /** The rows from the top, without blanks at their ends; empty ones at the bottom left out. */
  public List<String> rows() {
    show();
    List<String> texts =
        new ArrayList<>(rows.stream().map(r -> r.toString().stripTrailing()).toList());
    while (!texts.isEmpty() && texts.get(texts.size() - 1).isEmpty()) {
      texts.remove(texts.size() - 1);
    }
    return texts;
  }

  /** Rows that were full wrap, as terminals do that reflow. */
  void narrow(int to, int height) {
    show();
    List<StringBuilder> wrapped = new ArrayList<>();
    int cursor = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (i == row) {
        cursor = wrapped.size();
      }
      String text = rows.get(i).toString();
      do {
        wrapped.add(new StringBuilder(text.substring(0, Math.min(to, text.length()))));
        text = text.substring(Math.min(to, text.length()));
      } while (!text.isEmpty());
    }
    rows.clear();
    rows.addAll(wrapped);
    row = cursor;
    columns = to;
    terminal.setSize((Sized) Size.of(to, height));
    terminal.raise(Terminal.Signal.WINCH);
  }

  private void show() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    Matcher escape = ESCAPE.matcher(text);
    for (int i = 0; i < text.length(); i++) {
      if (escape.find(i) && escape.start() == i) {
        control(escape.group(1), escape.group(2).charAt(0));
        i = escape.end() - 1;
      } else {
        put(text.charAt(i));
      }
    }
  }

  private void control(String number, char kind) {
    switch (kind) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case 'J' -> {
        control("", 'K');
        rows.subList(row + 1, rows.size()).clear();
      }
      default -> {
        // colours
      }
    }
  }

  private void put(char c) {
    if (c == '\r') {
      column = 0;
    } else if (c == '\n' || column == columns) {
      row++;
      if (row == rows.size()) {
        rows.add(new StringBuilder());
      }
      column = c == '\n' ? column : 0;
    }
    if (c != '\r' && c != '\n') {
      StringBuilder line = rows.get(row);
      line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
      line.setCharAt(column++, c);
    }
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
