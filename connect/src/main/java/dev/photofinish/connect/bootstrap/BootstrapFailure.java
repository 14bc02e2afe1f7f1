package dev.photofinish.connect;

import dev.photofinish.race.Cause;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** A lost race in the types that callers of a bootstrap ask for. */
final class BootstrapFailure {
  private BootstrapFailure() {}

  /** What a bootstrap's own connect would have failed with; the race is its cause. */
  static IOException of(RaceException race) {
    String message = race.getMessage();
    RaceReport report = race.report();
    IOException failure;
    if (report.attempts().isEmpty() && report.result() == Result.FAILED) {
      failure = new UnknownHostException(message);
    } else if (report.result() == Result.TIMED_OUT) {
      failure = new ConnectTimeoutException(message);
    } else if (report.attempts().stream().allMatch(BootstrapFailure::isUnreachable)) {
      failure = new NoRouteToHostException(message);
    } else {
      failure = new ConnectException(message);
    }
    return (IOException) failure.initCause(race);
  }

  private static boolean isUnreachable(RaceReport.Attempt attempt) {
    return attempt.cause() == Cause.UNREACHABLE;
  }
}
