package dev.photofinish.rtsp.client;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.session.Ending;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a failed try says about the camera. */
final class TryFailures {
  /** Nothing reached a host, so that they say nothing about it. */
  private static final Set<Cause> NO_WAY = EnumSet.of(Cause.LOCAL, Cause.UNREACHABLE);

  private static final int MOST_DETAILS = 3;

  private TryFailures() {}

  /** Whether it ran out of time with a connection on which the first request was not answered. */
  static boolean wasSlow(RaceReport report) {
    return report.result() == Result.TIMED_OUT && connected(report) != null;
  }

  /** What a race that {@link #wasSlow} leaves to be said, and what its owner may do. */
  static String slow(RaceReport report) {
    RaceReport.Attempt attempt = Objects.requireNonNull(connected(report));
    return "connected to "
        + attempt.candidate()
        + ", but the first request (OPTIONS) was not answered within "
        + (attempt.end() - attempt.connected()) / 1_000_000
        + " ms";
  }

  private static RaceReport.@Nullable Attempt connected(RaceReport report) {
    for (RaceReport.Attempt attempt : report.attempts()) {
      boolean unanswered = attempt.stage().compareTo(Stage.RESPONDED) < 0;
      if (attempt.connected() >= 0
          && unanswered
          && attempt.end() >= 0
          && attempt.outcome() == Outcome.TIMED_OUT) {
        return attempt;
      }
    }
    return null;
  }

  /** Of a dialogue that brought no media. */
  static TryFailure of(Ending.Kind kind) {
    return switch (kind) {
      case UNAUTHORIZED -> TryFailure.WRONG_CREDENTIALS;
      case LOGIN_NEEDED -> TryFailure.CREDENTIALS_NEEDED;
      case FULL, RESET -> TryFailure.FULL;
      default -> TryFailure.OTHER;
    };
  }

  /** Of a race that was lost. */
  static TryFailure of(RaceReport report) {
    boolean refused = false;
    boolean onlyRefused = true;
    for (RaceReport.Attempt attempt : report.attempts()) {
      // Also of an attempt that was never seen connected: a RST to a SYN is a refusal, so this one
      // came after the camera had accepted, only faster than we could look.
      if (attempt.cause() == Cause.RESET) {
        return TryFailure.FULL;
      }
      refused |= attempt.cause() == Cause.REFUSED;
      onlyRefused &=
          attempt.cause() == Cause.REFUSED
              || (attempt.cause() != null && NO_WAY.contains(attempt.cause()));
    }
    return refused && onlyRefused ? TryFailure.REFUSED_AT_ONCE : TryFailure.OTHER;
  }

  /** What exactly was seen in a race, each thing once; empty when there is nothing to add. */
  static String details(RaceReport report) {
    String all =
        report.attempts().stream()
            .map(RaceReport.Attempt::detail)
            .filter(Objects::nonNull)
            .distinct()
            .limit(MOST_DETAILS)
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? "" : " (" + all + ")";
  }
}
