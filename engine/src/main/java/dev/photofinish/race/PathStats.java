package dev.photofinish.race;

/**
 * The statistics that earlier races left of one candidate. Times are nanoseconds.
 *
 * @param smoothed smoothed connect time, as RFC 6298 section 2 smooths round trips; {@link
 *     #UNKNOWN} if none is known, and then the next two are not either
 * @param deviation its mean deviation
 * @param percentile95 the 95th percentile of the last connect times
 * @param used whether it was connected to
 * @param failed whether the last that became of it was a failure
 */
public record PathStats(
    long smoothed, long deviation, long percentile95, boolean used, boolean failed) {
  /** No connect time is known. */
  public static final long UNKNOWN = -1;

  /** What is known of a candidate that was connected to, and did not fail after that. */
  public static PathStats of(long smoothed, long deviation, long percentile95) {
    return new PathStats(smoothed, deviation, percentile95, true, false);
  }

  /** Whether a connect time is known. */
  public boolean isTimed() {
    return smoothed >= 0;
  }

  /** {@code racing-delay-ms=auto}: clamp(max(2·smoothed, 95th percentile), 100 ms, 2 s). */
  long delay() {
    long wanted = Math.max(2 * smoothed, percentile95);
    return Math.max(
        RaceOptions.MIN_DELAY.toNanos(), Math.min(wanted, RaceOptions.MAX_DELAY.toNanos()));
  }

  /** Rule 4 with history: what takes longer than this is lost. */
  long patience() {
    return 4 * (smoothed + 4 * deviation);
  }
}
