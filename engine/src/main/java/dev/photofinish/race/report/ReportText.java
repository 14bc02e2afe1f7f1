package dev.photofinish.race.report;

import dev.photofinish.option.Option;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A {@link RaceReport} in words, for errors and logs. */
public final class ReportText {
  private static final int MOST_NAMED = 4;
  private static final double NANOS_PER_MILLI = 1e6;

  private ReportText() {}

  /** {@code to a:554 won by attempt 2 to 192.0.2.1:554 after 270.0 ms (first-wins, 2 attempts)}. */
  public static String verdict(RaceReport report) {
    StringBuilder text = new StringBuilder(128);
    text.append("to ").append(report.target()).append(' ').append(word(report.result()));
    if (report.winner() != null) {
      text.append(" by attempt ").append(report.winner().number());
      text.append(" to ").append(report.winner().candidate());
    }
    if (report.result() != null) {
      text.append(" after ").append(millis(report.decidedAt()));
    }
    if (report.queuedFor() > 0) {
      text.append(" and ").append(millis(report.queuedFor())).append(" in the queue");
    }
    text.append(" (").append(word(report.strategy())).append(", ");
    return text.append(count(report.attempts().size())).append(')').toString();
  }

  /**
   * One line: the {@link #verdict}, and of a race that was not won how its first attempts ended.
   */
  public static String summary(RaceReport report) {
    return report.result() == Result.WON
        ? "race " + verdict(report)
        : "race " + verdict(report) + reasons(report.attempts());
  }

  /** One line: address, start, duration, the stage reached and the cause. */
  public static String summary(RaceReport.Attempt attempt) {
    StringBuilder text = new StringBuilder(96);
    text.append("attempt ").append(attempt.number()).append(" to ").append(attempt.candidate());
    text.append(": started at ").append(millis(attempt.start()));
    if (attempt.end() >= 0) {
      text.append(", ").append(word(attempt.outcome()));
      text.append(" after ").append(millis(attempt.end() - attempt.start()));
    }
    text.append(", stage ").append(word(attempt.stage()));
    if (attempt.cause() != null) {
      text.append(", cause ").append(word(attempt.cause()));
    }
    if (attempt.detail() != null) {
      text.append(" (").append(attempt.detail()).append(')');
    }
    return text.toString();
  }

  private static String count(int attempts) {
    return attempts == 1 ? "1 attempt" : attempts + " attempts";
  }

  private static String reasons(List<RaceReport.Attempt> attempts) {
    StringBuilder text = new StringBuilder(64);
    String separator = ": ";
    for (RaceReport.Attempt attempt : attempts.subList(0, Math.min(MOST_NAMED, attempts.size()))) {
      text.append(separator).append(attempt.candidate()).append(' ');
      text.append(word(attempt.cause() == null ? attempt.outcome() : attempt.cause()));
      separator = ", ";
    }
    return attempts.size() > MOST_NAMED ? text.append(", ...").toString() : text.toString();
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.1f ms", nanos / NANOS_PER_MILLI);
  }

  private static String word(@Nullable Enum<?> constant) {
    return constant == null ? "in progress" : Option.word(constant);
  }
}
