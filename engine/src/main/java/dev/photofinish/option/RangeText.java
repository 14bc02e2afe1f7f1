package dev.photofinish.option;

import java.time.Duration;

/** The ends of ranges in words. */
final class RangeText {
  private RangeText() {}

  /** {@code 10}, {@code 0.5}. */
  static String of(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** {@code 0}, {@code 10 ms}, {@code 5 s}, {@code 1 min}, {@code 24 h}: in its largest unit. */
  static String of(Duration time) {
    if (time.isZero()) {
      return "0";
    } else if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + " ms";
    } else if (time.toSeconds() % 60 != 0) {
      return time.toSeconds() + " s";
    }
    return time.toMinutes() % 60 != 0 ? time.toMinutes() + " min" : time.toHours() + " h";
  }
}
