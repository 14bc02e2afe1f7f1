package dev.photofinish.cli.picture;

import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.RaceReport.Attempt;
import dev.photofinish.race.Strategy;
import java.util.List;
import java.util.OptionalLong;

/**
 * A race at one instant, to be drawn.
 *
 * @param now the instant: what is open goes on until here
 * @param end where the time axis ends
 * @param awaited questions that name servers have not answered
 */
public record Scene(RaceReport report, long now, long end, List<RaceProgress.Question> awaited) {
  private static final long SECOND = 1_000_000_000L;

  /** What a running race's axis shows at least. */
  private static final long FIRST_AXIS = SECOND / 2;

  /** A race that is over, or is drawn as if it stood still. */
  public static Scene of(RaceReport report) {
    long end = Lanes.end(report);
    return new Scene(report, end, end, List.of());
  }

  /** A running race. Its axis grows in steps, so that lanes do not creep. */
  public static Scene of(RaceProgress.Snapshot race) {
    long now = Math.max(race.at(), 1);
    List<RaceProgress.Question> awaited = now < Lanes.NO_WAIT ? List.of() : race.awaited();
    return new Scene(race.report(), now, growing(now), awaited);
  }

  /** 0.5, 1, 2, 5, 10, 20, 50 s. */
  private static long growing(long now) {
    long end = FIRST_AXIS;
    for (int step = 0; end <= now; step++) {
      end = step % 3 == 2 ? end * 5 / 2 : end * 2;
    }
    return end;
  }

  boolean isOn() {
    return report.result() == null;
  }

  /** Where {@code attempt}'s lane ends. */
  long endOf(Attempt attempt) {
    return attempt.end() < 0 ? now : attempt.end();
  }

  public String verdict() {
    if (!isOn()) {
      return Lanes.verdict(report);
    }
    long open = report.attempts().stream().filter(attempt -> attempt.outcome() == null).count();
    return "on for " + Times.text(now) + ", " + open + " in progress";
  }

  /** {@code won 270 ms}, or what an open attempt is at. */
  String end(Attempt attempt) {
    if (attempt.outcome() != null || !isOn()) {
      return Lanes.end(attempt);
    }
    return switch (attempt.stage()) {
      case STARTED -> "dialling";
      case CONNECTED -> "connected";
      case SECURED -> "TLS done";
      case RESPONDED -> "answered";
      case READY -> "held";
    };
  }

  /**
   * When hybrid's second race began: attempts that timed out before the end were those of its
   * first.
   */
  OptionalLong secondRace() {
    if (report.strategy() != Strategy.HYBRID) {
      return OptionalLong.empty();
    }
    return report.attempts().stream()
        .filter(attempt -> attempt.outcome() == Outcome.TIMED_OUT)
        .mapToLong(Attempt::end)
        .filter(end -> isOn() || end < report.decidedAt())
        .findFirst();
  }
}
