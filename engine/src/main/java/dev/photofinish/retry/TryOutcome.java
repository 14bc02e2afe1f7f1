package dev.photofinish.retry;

import java.time.Duration;

/**
 * The outcome of a try.
 *
 * @param lasted from the first media to the drop, in nanoseconds; 0 of a try that brought none
 */
record TryOutcome(Kind kind, long lasted) {
  /** A stream that drops within this time of its first media counts against the device. */
  private static final long SOON = Duration.ofSeconds(30).toNanos();

  enum Kind {
    FAILED,
    /** Had media, and dropped within 30 s of it. */
    DROPPED_SOON,
    SUCCEEDED
  }

  static final TryOutcome FAILED = new TryOutcome(Kind.FAILED, 0);

  static TryOutcome streamed(long lasted) {
    return new TryOutcome(lasted <= SOON ? Kind.DROPPED_SOON : Kind.SUCCEEDED, lasted);
  }

  /** For a list, such as {@code dropped after 12 s}. */
  @Override
  public String toString() {
    return switch (kind) {
      case FAILED -> "failed";
      case DROPPED_SOON -> "dropped after " + words(Duration.ofNanos(lasted));
      case SUCCEEDED -> "lasted " + words(Duration.ofNanos(lasted));
    };
  }

  /** In the largest unit of which it has two, rounded down. */
  private static String words(Duration time) {
    if (time.toSeconds() < 2) {
      return time.toMillis() + " ms";
    } else if (time.toMinutes() < 2) {
      return time.toSeconds() + " s";
    } else if (time.toHours() < 2) {
      return time.toMinutes() + " min";
    }
    return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " d";
  }
}
