package dev.photofinish.rtp.format;

/** Converts between nanoseconds and the ticks of a media's clock, exactly over years. */
public final class Ticks {
  private static final long SECOND = 1_000_000_000L;

  private Ticks() {}

  /**
   * Ticks in that many nanoseconds, rounded to the nearest.
   *
   * @param rate ticks a second, 1 or more
   */
  public static long of(long nanos, int rate) {
    long seconds = Math.floorDiv(nanos, SECOND);
    return seconds * rate + (Math.floorMod(nanos, SECOND) * rate + SECOND / 2) / SECOND;
  }

  /**
   * Nanoseconds in that many ticks, rounded down.
   *
   * @param rate ticks a second, 1 or more
   */
  public static long nanos(long ticks, int rate) {
    return Math.floorDiv(ticks, (long) rate) * SECOND
        + Math.floorMod(ticks, (long) rate) * SECOND / rate;
  }
}
