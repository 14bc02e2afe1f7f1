package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import dev.photofinish.race.report.ReportText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The failure of one attempt of a lost race. Its message has address, start, duration, the stage
 * reached and the cause; {@link #getCause} is what the socket or TLS threw, if it threw.
 */
public final class AttemptException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient RaceReport.Attempt attempt;

  AttemptException(RaceReport.Attempt attempt, @Nullable Throwable thrown) {
    super(ReportText.summary(attempt), thrown);
    this.attempt = attempt;
  }

  /** The attempt's entry of the report. */
  public RaceReport.Attempt attempt() {
    return attempt;
  }

  /** The place in the code says nothing: what happened is in the message. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
