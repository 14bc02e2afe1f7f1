package dev.photofinish.rtsp.transport;

import java.util.OptionalLong;

/** The times at which a playing connection's receiver reports are due. */
final class ReportSchedule {
  /** RFC 3550 section 6.2: the recommended minimum between a receiver's reports. */
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private boolean running;
  private long dueAt;

  /** Media is due: the first report is, an interval later. */
  void start(long now) {
    running = true;
    dueAt = now + INTERVAL_NANOS;
  }

  void stop() {
    running = false;
  }

  OptionalLong deadline() {
    return running ? OptionalLong.of(dueAt) : OptionalLong.empty();
  }

  /** Whether reports are due at {@code now}, which they are once. */
  boolean take(long now) {
    boolean due = running && now - dueAt >= 0;
    if (due) {
      dueAt = now + INTERVAL_NANOS;
    }
    return due;
  }
}
