package dev.photofinish.connect;

import dev.photofinish.host.FileDescriptors;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.report.ReportText;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of lost races. */
final class Failures {
  private Failures() {}

  /**
   * @param unresolved the answers of resolution without an address
   * @param thrown the exception of an attempt's socket, by the attempt's number
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
      if (report.attempts().stream().anyMatch(Failures::lacksDescriptors)) {
        text.append("; ").append(FileDescriptors.NONE_LEFT);
      }
    }
    return text.toString();
  }

  private static boolean lacksDescriptors(RaceReport.Attempt attempt) {
    return FileDescriptors.NONE_LEFT.equals(attempt.detail());
  }
}
