package dev.photofinish.cli;

import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A race as text: one lane for each attempt on a common time axis, the finish line where the race
 * was decided.
 */
final class Timeline {
  private static final int MIN_TRACK = 16;
  private static final int GAP = 2;

  /** Columns of the axis that one tick needs. */
  private static final int TICK = 10;

  private final RaceReport report;
  private final Glyphs glyphs;
  private final boolean colours;
  private final int left;
  private final int track;
  private final int right;
  private final Axis axis;

  private Timeline(RaceReport report, int width, Glyphs glyphs, boolean colours) {
    this.report = report;
    this.glyphs = glyphs;
    this.colours = colours;
    int labels = longest(Stream.concat(answerLabels(), attempts().map(Lanes::label)));
    int endings = longest(Stream.concat(answerEndings(), attempts().map(Lanes::ending)));
    int spare = Math.max(0, width - MIN_TRACK - 2 * GAP);
    right = Math.min(endings, spare / 2);
    left = Math.min(labels, spare - right);
    track = Math.max(MIN_TRACK, width - left - right - 2 * GAP);
    axis = Axis.of(Lanes.end(report), Math.max(2, track / TICK));
  }

  /** Lines of at most {@code width} columns (never under 24). */
  static List<String> draw(RaceReport report, int width, Glyphs glyphs, boolean colours) {
    return new Timeline(report, width, glyphs, colours).lines(width);
  }

  private List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    lines.add(Style.STRONG.paint(clip(Lanes.title(report), width), colours));
    lines.add(
        (report.winner() != null ? Style.GOOD : Style.BAD)
            .paint(clip(Lanes.verdict(report), width), colours));
    if (report.attempts().isEmpty() && Lanes.answers(report).isEmpty()) {
      return lines;
    }
    lines.add(axisLine());
    Lanes.answers(report).forEach(answer -> lines.add(lane(answer)));
    attempts().forEach(attempt -> lines.add(lane(attempt)));
    legend().ifPresent(text -> lines.add(Style.QUIET.paint(clip(text, width), colours)));
    return lines;
  }

  private String axisLine() {
    TextRow row = new TextRow(left + GAP + track + GAP + right);
    List<Long> ticks = axis.ticks();
    for (int i = 0; i < ticks.size(); i++) {
      String label = axis.label(ticks.get(i)) + (i == ticks.size() - 1 ? " " + axis.unit() : "");
      row.put(left + GAP + column(ticks.get(i)), label, Style.QUIET);
    }
    return row.text(colours);
  }

  private String lane(Answer answer) {
    TextRow row = laneRow(Lanes.label(answer), Lanes.ending(answer), Style.QUIET);
    row.fill(at(0), at(answer.at()), glyphs.dialling(), Style.QUIET);
    row.put(at(answer.at()), glyphs.answer(), Style.BUSY);
    return row.text(colours);
  }

  private String lane(Attempt attempt) {
    Style style = endStyle(attempt);
    TextRow row = laneRow(Lanes.label(attempt), Lanes.ending(attempt), style);
    long end = attempt.end() < 0 ? axis.max() : attempt.end();
    row.fill(at(attempt.start()), at(end), glyphs.dialling(), Style.QUIET);
    row.put(at(attempt.start()), glyphs.start(), Style.PLAIN);
    if (attempt.connected() >= 0) {
      row.fill(at(attempt.connected()), at(end), glyphs.connectedLine(), Style.BUSY);
      row.put(at(attempt.connected()), glyphs.connected(), Style.BUSY);
    }
    if (attempt.ready() >= 0) {
      row.fill(at(attempt.ready()), at(end), glyphs.heldLine(), Style.GOOD);
      row.put(at(attempt.ready()), glyphs.ready(), Style.GOOD);
    }
    if (attempt.outcome() != null) {
      row.put(at(end), endMark(attempt), style);
    }
    return row.text(colours);
  }

  private TextRow laneRow(String label, String ending, Style style) {
    TextRow row = new TextRow(left + GAP + track + GAP + right);
    row.put(0, clip(label, left), Style.PLAIN);
    row.put(left + GAP + track + GAP, clip(ending, right), style);
    if (report.decidedAt() >= 0) {
      row.put(at(report.decidedAt()), glyphs.finishLine(), Style.QUIET);
    }
    return row;
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
    return Lanes.isBad(attempt) ? Style.BAD : Style.QUIET;
  }

  /** Only the marks that this timeline shows. */
  private Optional<String> legend() {
    Set<String> words = new LinkedHashSet<>();
    if (!Lanes.answers(report).isEmpty()) {
      words.add(glyphs.answer() + " answer");
    }
    attempts()
        .forEach(
            attempt -> {
              words.add(glyphs.start() + " start");
              if (attempt.connected() >= 0) {
                words.add(glyphs.connected() + " connected");
              }
              if (attempt.ready() >= 0) {
                words.add(glyphs.ready() + " ready");
              }
              if (attempt.outcome() != null && attempt.outcome() != Outcome.WON) {
                words.add(endMark(attempt) + (Lanes.isBad(attempt) ? " ended" : " closed by us"));
              }
            });
    words.add(glyphs.finishLine() + " decision");
    return Optional.of(String.join("   ", words));
  }

  private int at(long time) {
    return left + GAP + column(time);
  }

  private int column(long time) {
    return (int) Math.round(axis.position(time) * (track - 1));
  }

  private String clip(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width <= 0 ? "" : text.substring(0, width - 1) + glyphs.ellipsis();
  }

  private Stream<Attempt> attempts() {
    return report.attempts().stream();
  }

  private Stream<String> answerLabels() {
    return Lanes.answers(report).stream().map(Lanes::label);
  }

  private Stream<String> answerEndings() {
    return Lanes.answers(report).stream().map(Lanes::ending);
  }

  private static int longest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }
}
