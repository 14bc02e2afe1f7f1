package dev.photofinish.socket;

import dev.photofinish.race.Cause;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.report.ReportText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lost races as the exceptions that callers of {@link java.net.Socket} expect. */
final class Failures {
  private Failures() {}

  /**
   * With one suppressed cause an attempt.
   *
   * @param unresolved why the name has no address, null if it has or was not answered
   * @param dials the attempts, in the order of the report
   */
  static IOException exception(
      RaceReport report, @Nullable Throwable unresolved, List<SocketAttempt> dials) {
    String text = ReportText.summary(report);
    IOException lost;
    if (unresolved != null && dials.isEmpty()) {
      lost = new UnknownHostException(text + "; " + unresolved.getMessage());
      lost.initCause(unresolved);
    } else {
      lost = report.result() == Result.TIMED_OUT ? timeout(text) : failed(report, dials, text);
    }
    for (RaceReport.Attempt attempt : report.attempts()) {
      lost.addSuppressed(
          new IOException(ReportText.summary(attempt), dials.get(attempt.number() - 1).thrown()));
    }
    return lost;
  }

  /**
   * We ended it.
   *
   * @param closed by a close of the socket; else by an interrupt
   */
  static IOException cancelled(boolean closed, String text) {
    return closed
        ? new SocketException("Socket closed: " + text)
        : new InterruptedIOException("Interrupted: " + text);
  }

  static IOException timeout(String text) {
    return new SocketTimeoutException("Connect timed out: " + text);
  }

  /** The answer that tells most: that of a host before that of a router before silence. */
  private static IOException failed(RaceReport report, List<SocketAttempt> dials, String text) {
    List<@Nullable Exception> thrown = dials.stream().map(SocketAttempt::thrown).toList();
    if (report.attempts().stream().anyMatch(attempt -> attempt.cause() == Cause.REFUSED)) {
      return new ConnectException("Connection refused: " + text);
    }
    if (thrown.stream().anyMatch(NoRouteToHostException.class::isInstance)) {
      return new NoRouteToHostException("No route to host: " + text);
    }
    if (report.attempts().stream().anyMatch(attempt -> attempt.cause() == Cause.TIMEOUT)) {
      return timeout(text);
    }
    return thrown.stream().anyMatch(BindException.class::isInstance)
        ? new BindException(text)
        : new SocketException(text);
  }
}
