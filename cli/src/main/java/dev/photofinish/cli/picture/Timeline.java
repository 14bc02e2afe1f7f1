package dev.photofinish.cli.picture;

import dev.photofinish.cli.terminal.Glyphs;
import dev.photofinish.cli.terminal.Style;
import dev.photofinish.cli.terminal.TextRow;
import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A race as text: one lane for each attempt on a common time axis, the finish line where the race
 * was decided. Where names and lanes do not fit beside each other, each lane lies under its name.
 */
public final class Timeline {
  private static final int MIN_TRACK = 24;
  private static final int GAP = 2;

  /** Columns of the axis that one tick needs. */
  private static final int TICK = 8;

  /** So that lanes keep their length while words beside them change. */
  private static final int RUNNING_ENDING = 23;

  /** A name, a lane, and how it ended. */
  private record Lane(String label, String end, Style style, Consumer<TextRow> marks) {}

  private final Scene scene;
  private final RaceReport report;
  private final int width;
  private final Glyphs glyphs;
  private final boolean colours;
  private final List<Lane> lanes = new ArrayList<>();
  private final boolean stacked;
  private final int from;
  private final int track;
  private final Axis axis;

  private Timeline(Scene scene, int width, Glyphs glyphs, boolean colours) {
    this.scene = scene;
    this.report = scene.report();
    this.width = width;
    this.glyphs = glyphs;
    this.colours = colours;
    Lanes.answers(report).forEach(answer -> lanes.add(lane(answer)));
    scene.awaited().forEach(question -> lanes.add(lane(question)));
    report.attempts().forEach(attempt -> lanes.add(lane(attempt)));
    int labels = lanes.stream().mapToInt(lane -> lane.label().length()).max().orElse(0);
    int ends = lanes.stream().mapToInt(lane -> lane.end().length()).max().orElse(0);
    int right = Math.max(ends, scene.isOn() ? RUNNING_ENDING : 0);
    int beside = width - labels - right - 2 * GAP;
    stacked = beside < MIN_TRACK;
    from = stacked ? GAP : labels + GAP;
    track = stacked ? width - GAP : beside;
    axis = Axis.of(scene.end(), Math.max(2, track / TICK));
  }

  /** The lanes with their axis and legend, without the words above them. */
  public static List<String> drawLanes(Scene scene, int width, Glyphs glyphs, boolean colours) {
    return new Timeline(scene, width, glyphs, colours).lanes();
  }

  /** Lines of at most {@code width} columns, which are 24 or more. */
  public static List<String> draw(Scene scene, int width, Glyphs glyphs, boolean colours) {
    return new Timeline(scene, width, glyphs, colours).lines();
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    wrap(Lanes.title(report)).forEach(line -> lines.add(Style.STRONG.paint(line, colours)));
    wrap(scene.verdict()).forEach(line -> lines.add(verdictStyle().paint(line, colours)));
    if (!Lanes.heldUp(report).isEmpty()) {
      wrap(Lanes.heldUp(report)).forEach(line -> lines.add(Style.QUIET.paint(line, colours)));
    }
    lines.addAll(lanes());
    return lines;
  }

  private List<String> wrap(String text) {
    return TextRow.wrap(List.of(text.split(" ", -1)), " ", width).stream()
        .map(line -> glyphs.clip(line, width))
        .toList();
  }

  private List<String> lanes() {
    List<String> lines = new ArrayList<>();
    if (!lanes.isEmpty()) {
      lines.add(axisLine());
      lanes.forEach(lane -> lines.addAll(rows(lane)));
      legend().forEach(line -> lines.add(Style.QUIET.paint(line, colours)));
    }
    return lines;
  }

  private Style verdictStyle() {
    if (scene.isOn()) {
      return Style.BUSY;
    }
    return report.winner() != null ? Style.GOOD : Style.BAD;
  }

  private String axisLine() {
    TextRow row = new TextRow(width);
    for (long tick : axis.ticks()) {
      row.put(at(tick), axis.label(tick) + (tick == 0 ? " " + axis.unit() : ""), Style.QUIET);
    }
    return row.text(colours);
  }

  private List<String> rows(Lane lane) {
    TextRow row = new TextRow(width);
    scene.secondRace().ifPresent(time -> row.put(at(time), glyphs.secondRace(), Style.QUIET));
    if (report.decidedAt() >= 0) {
      row.put(at(report.decidedAt()), glyphs.finishLine(), Style.QUIET);
    }
    lane.marks().accept(row);
    if (!stacked) {
      row.put(0, lane.label(), Style.PLAIN);
      row.put(from + track + GAP, lane.end(), lane.style());
      return List.of(row.text(colours));
    }
    TextRow words = new TextRow(width);
    int spare = Math.max(width / 2, width - lane.label().length() - GAP);
    String end = glyphs.clip(lane.end(), spare);
    words.put(0, glyphs.clipMiddle(lane.label(), width - end.length() - GAP), Style.PLAIN);
    words.put(width - end.length(), end, lane.style());
    return List.of(words.text(colours), row.text(colours));
  }

  private Lane lane(Answer answer) {
    return new Lane(
        Lanes.label(report, answer.endpoint(), answer.family()),
        Lanes.end(answer),
        Style.QUIET,
        row -> {
          row.fill(at(0), at(answer.at()), glyphs.dialling(), Style.QUIET);
          row.put(at(answer.at()), glyphs.answer(), Style.BUSY);
        });
  }

  private Lane lane(RaceProgress.Question question) {
    return new Lane(
        Lanes.label(report, question.endpoint(), question.family()),
        "asked",
        Style.QUIET,
        row -> row.fill(at(0), at(scene.now()), glyphs.dialling(), Style.QUIET));
  }

  private Lane lane(Attempt attempt) {
    return new Lane(
        Lanes.label(attempt),
        scene.end(attempt),
        endStyle(attempt),
        row -> {
          int end = at(scene.endOf(attempt));
          row.fill(at(attempt.start()), end, glyphs.dialling(), Style.QUIET);
          row.put(at(attempt.start()), glyphs.start(), Style.PLAIN);
          if (attempt.connected() >= 0) {
            row.fill(at(attempt.connected()), end, glyphs.connectedLine(), Style.BUSY);
            row.put(at(attempt.connected()), glyphs.connected(), Style.BUSY);
          }
          if (attempt.ready() >= 0) {
            row.fill(at(attempt.ready()), end, glyphs.heldLine(), Style.GOOD);
            row.put(at(attempt.ready()), glyphs.ready(), Style.GOOD);
          }
          if (attempt.outcome() != null) {
            row.put(end, endMark(attempt), endStyle(attempt));
          }
        });
  }

  private char endMark(Attempt attempt) {
    if (attempt.outcome() == Outcome.WON) {
      return glyphs.ready();
    }
    return Lanes.isBad(attempt) ? glyphs.failed() : glyphs.lost();
  }

  private static Style endStyle(Attempt attempt) {
    if (attempt.outcome() == Outcome.WON) {
      return Style.GOOD;
    }
    if (attempt.outcome() == null && attempt.connected() >= 0) {
      return Style.BUSY;
    }
    return Lanes.isBad(attempt) ? Style.BAD : Style.QUIET;
  }

  /** Only the marks that this timeline shows, on as many lines as they need. */
  private List<String> legend() {
    Set<String> words = new LinkedHashSet<>();
    if (!Lanes.answers(report).isEmpty()) {
      words.add(glyphs.answer() + " answer");
    }
    report.attempts().forEach(attempt -> words.addAll(marks(attempt)));
    scene.secondRace().ifPresent(time -> words.add(glyphs.secondRace() + " second race"));
    if (report.decidedAt() >= 0) {
      words.add(glyphs.finishLine() + " decision");
    }
    return TextRow.wrap(words, "   ", width);
  }

  private List<String> marks(Attempt attempt) {
    List<String> words = new ArrayList<>(List.of(glyphs.start() + " start"));
    if (attempt.connected() >= 0) {
      words.add(glyphs.connected() + " connected");
    }
    if (attempt.ready() >= 0) {
      words.add(glyphs.ready() + " ready");
    }
    if (attempt.outcome() != null && attempt.outcome() != Outcome.WON) {
      words.add(endMark(attempt) + (Lanes.isBad(attempt) ? " ended" : " closed by us"));
    }
    return words;
  }

  private int at(long time) {
    return from + (int) Math.round(axis.position(time) * (track - 1));
  }
}
