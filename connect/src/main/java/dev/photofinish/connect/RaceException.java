package dev.photofinish.connect;

import dev.photofinish.race.RaceReport;
import java.io.IOException;

/**
 * A race was lost: it failed or timed out. Every attempt is a suppressed {@link AttemptException},
 * in start order; when nothing could be dialled the message says what resolution answered.
 */
public final class RaceException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient RaceReport report;

  RaceException(String message, RaceReport report) {
    super(message);
    this.report = report;
  }

  public RaceReport report() {
    return report;
  }
}
