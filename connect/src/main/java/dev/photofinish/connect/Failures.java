package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Races in words. */
final class Failures {
  private static final int MOST_NAMED = 4;

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
    StringBuilder text = new StringBuilder(128).append("race ").append(verdict(report));
    if (report.result() != Result.WON) {
      reasons(text, report.attempts());
      unresolved.forEach(detail -> text.append("; ").append(detail));
    }
    return text.toString();
  }

  /** {@code to a:554 won by attempt 2 to 192.0.2.1:554 after 270.0 ms (first-wins, 2 attempts)}. */
  static String verdict(RaceReport report) {
    StringBuilder text = new StringBuilder(128);
    text.append("to ").append(report.target()).append(' ');
    text.append(AttemptException.word(report.result()));
    if (report.winner() != null) {
      text.append(" by attempt ").append(report.winner().number());
      text.append(" to ").append(report.winner().candidate());
    }
    text.append(" after ").append(AttemptException.millis(report.decidedAt()));
    text.append(" (").append(AttemptException.word(report.strategy())).append(", ");
    return text.append(count(report.attempts().size())).append(')').toString();
  }

  private static String count(int attempts) {
    return attempts == 1 ? "1 attempt" : attempts + " attempts";
  }

  private static void reasons(StringBuilder text, List<RaceReport.Attempt> attempts) {
    String separator = ": ";
    for (RaceReport.Attempt attempt : attempts.subList(0, Math.min(MOST_NAMED, attempts.size()))) {
      text.append(separator).append(attempt.candidate()).append(' ');
      text.append(
          AttemptException.word(attempt.cause() == null ? attempt.outcome() : attempt.cause()));
      separator = ", ";
    }
    if (attempts.size() > MOST_NAMED) {
      text.append(", ...");
    }
  }
}
