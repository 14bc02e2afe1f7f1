package dev.photofinish.cli.picture;

import java.time.Duration;
import java.util.Locale;

/** Times of a report, nanoseconds from the start of the race, in human-readable form. */
public final class Times {
  static final double NANOS_PER_MS = 1e6;

  private Times() {}

  static double millis(long nanos) {
    return nanos / NANOS_PER_MS;
  }

  /** {@code 0.42 ms}, {@code 270 ms} or {@code 5.02 s}. */
  public static String text(long nanos) {
    double ms = millis(nanos);
    if (ms == 0) {
      return "0 ms";
    }
    if (ms < 9.95) {
      return String.format(Locale.ROOT, ms < 1 ? "%.2f ms" : "%.1f ms", ms);
    }
    return ms < 9_999.5
        ? String.format(Locale.ROOT, "%.0f ms", ms)
        : String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }

  /** {@code 12.345 s}, always as wide. */
  public static String clock(Duration time) {
    return String.format(Locale.ROOT, "%7.3f s", time.toMillis() / 1000.0);
  }

  /** Milliseconds rounded to microseconds, for JSON; whole where the time is whole. */
  public static Number json(long nanos) {
    double ms = Math.round(nanos / 1e3) / 1e3;
    if (ms == Math.rint(ms)) {
      return (long) ms;
    }
    return ms;
  }
}
