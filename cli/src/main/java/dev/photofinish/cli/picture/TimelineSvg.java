package dev.photofinish.cli.picture;

import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Answer;
import dev.photofinish.race.RaceReport.Attempt;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A race as a picture: the lanes of {@link Timeline}, the finish line chequered. */
public final class TimelineSvg {
  private static final int WIDTH = 860;
  private static final int MARGIN = 24;
  private static final int TOP = 100;
  private static final int LANE = 34;
  private static final int GAP = 18;
  private static final int MIN_TRACK = 200;
  private static final double BAR = 8;
  private static final double SQUARE = 4;

  private final RaceReport report;
  private final List<Answer> answers;
  private final double left;
  private final double right;
  private final double bottom;
  private final Axis axis;
  private final Svg svg;

  private TimelineSvg(RaceReport report) {
    this.report = report;
    answers = Lanes.answers(report);
    double labels =
        widest(Stream.concat(answers.stream().map(this::label), attempts().map(Lanes::label)));
    double ends =
        widest(Stream.concat(answers.stream().map(Lanes::end), attempts().map(Lanes::end)));
    left = MARGIN + labels + GAP;
    double width = Math.max(WIDTH, left + MIN_TRACK + GAP + ends + MARGIN);
    right = width - MARGIN - ends - GAP;
    axis = Axis.of(Lanes.end(report), 6);
    bottom = TOP + (double) LANE * (answers.size() + report.attempts().size());
    svg = new Svg(width, bottom + 62);
    svg.rectangle(0.5, 0.5, width - 1, bottom + 61, 10, "paper edge-line");
  }

  public static String draw(RaceReport report) {
    return new TimelineSvg(report).picture();
  }

  private String picture() {
    svg.text(MARGIN, 34, "start", "ink title", Lanes.title(report));
    String verdict = Lanes.verdict(report);
    svg.text(MARGIN, 58, "start", report.winner() == null ? "bad" : "good", verdict);
    if (!Lanes.heldUp(report).isEmpty()) {
      svg.text(MARGIN, 76, "start", "quiet", Lanes.heldUp(report));
    }
    axis();
    double y = TOP + LANE / 2.0;
    for (Answer answer : answers) {
      lane(answer, y);
      y += LANE;
    }
    Scene.of(report).secondRace().ifPresent(this::secondRace);
    finishLine();
    for (Attempt attempt : report.attempts()) {
      lane(attempt, y);
      y += LANE;
    }
    legend();
    return svg.document(Lanes.title(report) + ": " + verdict);
  }

  private void axis() {
    List<Long> ticks = axis.ticks();
    for (int i = 0; i < ticks.size(); i++) {
      double x = at(ticks.get(i));
      svg.line(x, TOP, x, bottom, 1, "grid-line");
      String unit = i == 0 ? " " + axis.unit() : "";
      svg.text(x, TOP - 10.0, "middle", "quiet", axis.label(ticks.get(i)) + unit);
    }
  }

  private void secondRace(long at) {
    svg.line(at(at), TOP, at(at), bottom, 1.5, "quiet-line dash");
  }

  /** Two columns of squares where the race was decided. */
  private void finishLine() {
    if (report.decidedAt() < 0) {
      return;
    }
    double x = at(report.decidedAt());
    svg.rectangle(x - SQUARE, TOP, 2 * SQUARE, bottom - TOP, 0, "paper quiet-line");
    int row = 0;
    for (double y = TOP; y + SQUARE <= bottom; y += SQUARE) {
      double from = row++ % 2 == 0 ? x - SQUARE : x;
      svg.rectangle(from, y, SQUARE, SQUARE, 0, "quiet");
    }
  }

  private void lane(Answer answer, double y) {
    words(label(answer), Lanes.end(answer), "quiet", y);
    svg.line(at(0), y, at(answer.at()), y, 2, "dial-line dots");
    svg.circle(at(answer.at()), y, 4, "busy");
  }

  private void lane(Attempt attempt, double y) {
    words(Lanes.label(attempt), Lanes.end(attempt), endColour(attempt), y);
    long end = attempt.end() < 0 ? axis.max() : attempt.end();
    bar(attempt.start(), attempt.connected() < 0 ? end : attempt.connected(), "dial-line", y);
    if (attempt.connected() >= 0) {
      bar(attempt.connected(), attempt.ready() < 0 ? end : attempt.ready(), "busy-line", y);
    }
    if (attempt.ready() >= 0) {
      bar(attempt.ready(), end, "good-line", y);
    }
    if (attempt.connected() >= 0) {
      svg.circle(at(attempt.connected()), y, 5, "busy");
    }
    end(attempt, at(end), y);
  }

  private void bar(long from, long to, String colour, double y) {
    svg.line(at(from), y, at(to), y, BAR, colour + " round");
  }

  private void end(Attempt attempt, double x, double y) {
    if (attempt.outcome() == Outcome.WON) {
      svg.circle(x, y, 9, "good");
      svg.path("M%s %sl3 3.5l5.5 -7".formatted(x - 4, y), 2, "none paper-line round");
    } else if (attempt.outcome() != null) {
      cross(x, y, Lanes.isBad(attempt) ? "bad" : "quiet");
    }
  }

  private void words(String label, String end, String colour, double y) {
    svg.text(MARGIN, y + 4.5, "start", "ink", label);
    svg.text(right + GAP, y + 4.5, "start", colour, end);
  }

  private void legend() {
    double x = MARGIN;
    double y = bottom + 36;
    x = legend(x, y, "dial-line", "dialling");
    x = legend(x, y, "busy-line", "connected");
    x = legend(x, y, "good-line", "ready");
    svg.rectangle(x, y - 8, SQUARE, SQUARE, 0, "quiet");
    svg.rectangle(x + SQUARE, y - 8 + SQUARE, SQUARE, SQUARE, 0, "quiet");
    svg.rectangle(x, y - 8 + 2 * SQUARE, SQUARE, SQUARE, 0, "quiet");
    svg.text(x + 18, y + 2.5, "start", "quiet", "decision");
    x += 18 + "decision".length() * Svg.CHARACTER + 24;
    x = legend(x, y, Lanes::isBad, "bad", "ended");
    x = legend(x, y, Lanes::isClosedByUs, "quiet", "closed by us");
    if (Scene.of(report).secondRace().isPresent()) {
      svg.line(x + 4, y - 9, x + 4, y + 5, 1.5, "quiet-line dash");
      svg.text(x + 18, y + 2.5, "start", "quiet", "second race");
    }
  }

  /** The mark of an end, if any attempt ended so. */
  private double legend(double x, double y, Predicate<Attempt> shown, String colour, String word) {
    if (report.attempts().stream().noneMatch(shown)) {
      return x;
    }
    cross(x + 8, y - 2, colour);
    svg.text(x + 24, y + 2.5, "start", "quiet", word);
    return x + 24 + word.length() * Svg.CHARACTER + 24;
  }

  private void cross(double x, double y, String colour) {
    svg.circle(x, y, 8, "paper " + colour + "-line");
    svg.path("M%s %sl6 6m0 -6l-6 6".formatted(x - 3, y - 3), 2, "none round " + colour + "-line");
  }

  private double legend(double x, double y, String colour, String word) {
    svg.line(x + 4, y - 2, x + 22, y - 2, BAR, colour + " round");
    svg.text(x + 34, y + 2.5, "start", "quiet", word);
    return x + 34 + word.length() * Svg.CHARACTER + 24;
  }

  private static String endColour(Attempt attempt) {
    if (attempt.outcome() == Outcome.WON) {
      return "good";
    }
    return Lanes.isBad(attempt) ? "bad" : "quiet";
  }

  private double at(long time) {
    return left + axis.position(time) * (right - left);
  }

  private String label(Answer answer) {
    return Lanes.label(report, answer.endpoint(), answer.family());
  }

  private Stream<Attempt> attempts() {
    return report.attempts().stream();
  }

  private static double widest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0) * Svg.CHARACTER;
  }
}
