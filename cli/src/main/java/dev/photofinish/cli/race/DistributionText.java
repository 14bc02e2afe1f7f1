package dev.photofinish.cli.race;

import dev.photofinish.cli.picture.Axis;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.cli.terminal.TextRow;
import dev.photofinish.simulation.Prediction;
import dev.photofinish.simulation.SynLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The share of races decided within each time as a chart of text, beside what theory predicts if
 * there is a theory.
 */
final class DistributionText {
  private static final int ROWS = 10;
  private static final int LEFT = 7;
  private static final int TICK = 12;

  /** Later steps of a prediction say nothing any more. */
  private static final double ALL_BUT_ALL = 0.999;

  private final Distribution measured;
  private final Prediction theory;
  private final Screen screen;
  private final int columns;
  private final Axis axis;

  private DistributionText(Distribution measured, Prediction theory, Screen screen) {
    this.measured = measured;
    this.theory = theory;
    this.screen = screen;
    columns = screen.width().getAsInt() - LEFT - 1;
    axis = Axis.of(Math.max(1, measured.max()) * 21 / 20, Math.max(2, columns / TICK));
  }

  static List<String> draw(Distribution measured, Prediction theory, Screen screen) {
    return new DistributionText(measured, theory, screen).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(screen.paint(Style.QUIET, "races decided within"));
    for (int row = ROWS; row >= 1; row--) {
      lines.add(row(row));
    }
    lines.add(axisLine());
    lines.addAll(legend());
    if (!theory.steps().isEmpty()) {
      lines.add("");
      lines.addAll(compare());
    }
    return lines;
  }

  /** The chart between {@code row - 1} and {@code row} tenths. */
  private String row(int row) {
    TextRow text = new TextRow(LEFT + columns);
    if (row % 5 == 0) {
      text.put(0, "%4d %%".formatted(row * 100 / ROWS), Style.QUIET);
    }
    for (int column = 0; column < columns; column++) {
      long time = timeOf(column);
      text.put(
          LEFT + column,
          screen.glyphs().level(measured.within(time) * ROWS - (row - 1)),
          Style.BUSY);
      if (!theory.steps().isEmpty() && rowOf(theory.within(time)) == row) {
        text.put(LEFT + column, screen.glyphs().predicted(), Style.WARN);
      }
    }
    return text.text(screen.colours());
  }

  private static int rowOf(double share) {
    return Math.max(1, Math.min(ROWS, (int) Math.floor(share * ROWS) + 1));
  }

  private long timeOf(int column) {
    return axis.max() * (column + 1) / columns;
  }

  private String axisLine() {
    TextRow text = new TextRow(LEFT + columns);
    for (long tick : axis.ticks()) {
      int at = LEFT + (int) Math.round(axis.position(tick) * (columns - 1));
      text.put(at, axis.label(tick) + (tick == 0 ? " " + axis.unit() : ""), Style.QUIET);
    }
    return text.text(screen.colours());
  }

  private List<String> legend() {
    List<String> words = new ArrayList<>();
    words.add(screen.glyphs().level(1) + " measured");
    if (!theory.steps().isEmpty()) {
      words.add(screen.glyphs().predicted() + " " + theory.name());
    }
    return TextRow.wrap(words, "   ", screen.width().getAsInt()).stream()
        .map(line -> screen.paint(Style.QUIET, line))
        .toList();
  }

  /** The share decided before each further SYN, measured and predicted. */
  private List<String> compare() {
    List<String> lines = new ArrayList<>();
    lines.add("decided before   measured   predicted");
    List<SynLoss.Step> steps = theory.steps();
    for (int i = 0;
        i + 1 < steps.size() && (i == 0 || steps.get(i - 1).share() <= ALL_BUT_ALL);
        i++) {
      long next = steps.get(i + 1).at();
      if (next > steps.get(i).at()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%14s   %6.1f %%    %6.1f %%",
                Times.text(next),
                100 * measured.within(next - 1),
                100 * steps.get(i).share()));
      }
    }
    return lines;
  }
}
