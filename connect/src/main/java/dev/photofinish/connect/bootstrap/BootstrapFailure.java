package dev.photofinish.connect.bootstrap;

import dev.photofinish.race.Cause;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

/** Lost races in the types that callers of a bootstrap expect. */
public final class BootstrapFailure {
  private BootstrapFailure() {}

  /**
   * The failure of a bootstrap's own connect.
   *
   * @param lost the exception of the lost race, which becomes the cause
   */
  public static IOException of(RaceReport report, Throwable lost) {
    String message = lost.getMessage();
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
    return (IOException) failure.initCause(lost);
  }

  private static boolean isUnreachable(RaceReport.Attempt attempt) {
    return attempt.cause() == Cause.UNREACHABLE;
  }
}
