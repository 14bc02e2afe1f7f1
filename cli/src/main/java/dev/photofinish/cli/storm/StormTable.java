package dev.photofinish.cli.storm;

import dev.photofinish.cli.command.Json;
import dev.photofinish.cli.picture.Times;
import dev.photofinish.cli.terminal.Screen;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.option.Option;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.simulation.Storm;
import java.util.List;
import java.util.Locale;

/** The result of a storm: a row of a table, or a line of JSON. */
record StormTable(StormOptions options, Strategy racing, RetryStrategy retries) {
  /** For a document: the table of docs/storm.md. */
  private static final List<String> MARKDOWN_HEAD =
      List.of(
          "| racing | retries | limiter | dials a camera | dials at once, at most |"
              + " connections in 100 ms, at most | all back after |",
          "|---|---|---|---|---|---|---|");

  /** For a terminal: 75 columns. */
  private static final String COLUMNS = "%-10s  %-18s  %-7s  %6s  %7s  %7s  %8s";

  private static final List<String> TERMINAL_HEAD =
      List.of(
          String.format(COLUMNS, "", "", "", "dials", "at once", "in 0.1s", "all back"),
          String.format(
              COLUMNS, "racing", "retries", "limiter", "each", "at most", "at most", "after"));

  static List<String> head(Screen screen) {
    return screen.isTerminal()
        ? TERMINAL_HEAD.stream().map(line -> screen.paint(Style.STRONG, line)).toList()
        : MARKDOWN_HEAD;
  }

  /** The row of a run within the limiter, or of one without. */
  String row(Screen screen, boolean within, Storm.Run run) {
    return screen.isTerminal() ? terminalRow(within, run) : markdownRow(within, run);
  }

  private String terminalRow(boolean within, Storm.Run run) {
    return String.format(
        Locale.ROOT,
        COLUMNS,
        Option.word(racing),
        Option.word(retries),
        within ? "within" : "none",
        String.format(Locale.ROOT, "%.2f", dialsEach(run)),
        run.peakInProgress(),
        run.peakConnects(),
        run.allBackAt() < 0 ? "over 1 h" : Times.text(run.allBackAt()));
  }

  private double dialsEach(Storm.Run run) {
    return (double) run.dials() / options.cameras();
  }

  private String markdownRow(boolean within, Storm.Run run) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.2f | %d | %d | %s |",
        Option.word(racing),
        Option.word(retries),
        within ? "within" : "none",
        dialsEach(run),
        run.peakInProgress(),
        run.peakConnects(),
        run.allBackAt() < 0 ? "an hour, not all" : Times.text(run.allBackAt()));
  }

  String json(boolean within, Storm.Run run) {
    var line = Json.event("storm");
    line.put("strategy", Option.word(racing));
    line.put("retryStrategy", Option.word(retries));
    line.put("limiter", within);
    line.put("dials", run.dials());
    line.put("mostAtOnce", run.peakInProgress());
    line.put("mostWaiting", run.mostWaiting());
    line.put("mostConnectsIn100Ms", run.peakConnects());
    line.put("allBackAt", run.allBackAt() < 0 ? null : Times.json(run.allBackAt()));
    return Json.line(line);
  }
}
