package dev.photofinish.socket;

import dev.photofinish.host.FileDescriptors;
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

/** Makes the exceptions of lost races that callers of {@link java.net.Socket} expect. */
final class Failures {
  private Failures() {}

  /**
   * With one suppressed cause an attempt.
   *
   * @param unresolved why the name has no address, null if it has or was not answered
   * @param attempts in the order of the report
   */
  static IOException exception(
      RaceReport report, @Nullable Throwable unresolved, List<SocketAttempt> attempts) {
    String text = ReportText.summary(report);
    IOException lost;
    if (unresolved != null && attempts.isEmpty()) {
      lost = new UnknownHostException(text + "; " + unresolved.getMessage());
      lost.initCause(unresolved);
    } else {
      lost = report.result() == Result.TIMED_OUT ? timeout(text) : failed(report, attempts, text);
    }
    for (RaceReport.Attempt attempt : report.attempts()) {
      lost.addSuppressed(
          new IOException(
              ReportText.summary(attempt), attempts.get(attempt.number() - 1).thrown()));
    }
    return lost;
  }

  /**
   * A race that this side ended.
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

  /** By the most telling answer: that of a host before that of a router before silence. */
  private static IOException failed(RaceReport report, List<SocketAttempt> attempts, String text) {
    if (report.attempts().stream().anyMatch(Failures::lacksDescriptors)) {
      return new SocketException(text + "; " + FileDescriptors.NONE_LEFT);
    }
    List<@Nullable Exception> thrown = attempts.stream().map(SocketAttempt::thrown).toList();
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

  private static boolean lacksDescriptors(RaceReport.Attempt attempt) {
    return FileDescriptors.NONE_LEFT.equals(attempt.detail());
  }

  /** A race that could not begin. */
  static IOException notBegun(ConnectRequest request, IOException thrown) {
    if (!FileDescriptors.areUsedUp(thrown)) {
      return thrown;
    }
    IOException failure =
        new SocketException("no race to " + request + ": " + FileDescriptors.NONE_LEFT);
    failure.initCause(thrown);
    return failure;
  }
}
