package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.report.ReportText;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Races in words. */
final class Failures {
  private Failures() {}

  /**
   * @param unresolved what resolution answered where it had no address
   * @param thrown what the socket of an attempt threw, by the attempt's number
   */
  static RaceException exception(
      RaceReport report, List<String> unresolved, IntFunction<@Nullable Throwable> thrown) {
    RaceException lost = new RaceException(summary(report, unresolved), report);
    for (RaceReport.Attempt attempt : report.attempts()) {
      lost.addSuppressed(new AttemptException(attempt, thrown.apply(attempt.number())));
    }
    return lost;
  }

  /** One line: target, result, time, strategy and the reason. */
  static String summary(RaceReport report, List<String> unresolved) {
    StringBuilder text = new StringBuilder(ReportText.summary(report));
    if (report.result() != Result.WON) {
      unresolved.forEach(detail -> text.append("; ").append(detail));
    }
    return text.toString();
  }
}
