package dev.photofinish.cli.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A time axis from 0 with ticks at round numbers.
 *
 * @param max nanoseconds at the right edge, above 0
 * @param step nanoseconds between ticks
 */
public record Axis(long max, long step) {
  private static final long SECOND = 1_000_000_000L;

  /** At most {@code ticks} steps. */
  public static Axis of(long max, int ticks) {
    long end = Math.max(max, 1_000);
    long step = 1;
    int[] factors = {2, 5, 10};
    long decade = 1;
    for (int i = 0; step * ticks < end; i++) {
      step = decade * factors[i % factors.length];
      if (i % factors.length == 2) {
        decade *= 10;
      }
    }
    return new Axis(end, step);
  }

  public List<Long> ticks() {
    List<Long> ticks = new ArrayList<>();
    for (long at = 0; at <= max; at += step) {
      ticks.add(at);
    }
    return ticks;
  }

  /** Where {@code at} is between 0 (left) and 1 (right). */
  public double position(long at) {
    return Math.min(1, Math.max(0, (double) at / max));
  }

  /** The tick's number, in {@link #unit()}. */
  public String label(long tick) {
    double value = tick / (inSeconds() ? (double) SECOND : Times.NANOS_PER_MS);
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value).replaceFirst("0+$", "");
  }

  public String unit() {
    return inSeconds() ? "s" : "ms";
  }

  private boolean inSeconds() {
    return step >= SECOND;
  }
}
