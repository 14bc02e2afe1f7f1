package dev.photofinish.race;

import java.util.ArrayList;
import java.util.List;

/**
 * How long it took to connect to one address so far, in nanoseconds.
 *
 * @param smoothed smoothed connect time, as RFC 6298 section 2 smooths round trips
 * @param deviation its mean deviation
 * @param recent the last connect times, at least one, at most {@value #REMEMBERED}, oldest first
 */
public record Experience(long smoothed, long deviation, List<Long> recent) {
  private static final int REMEMBERED = 20;

  public Experience {
    recent = List.copyOf(recent);
  }

  /** RFC 6298 section 2.2: what is known after the first connect time. */
  static Experience first(long time) {
    return new Experience(time, time / 2, List.of(time));
  }

  /** RFC 6298 section 2.3, with alpha 1/8 and beta 1/4. */
  Experience with(long time) {
    long changedDeviation = deviation + (Math.abs(smoothed - time) - deviation) / 4;
    List<Long> times = new ArrayList<>(recent);
    times.add(time);
    return new Experience(
        smoothed + (time - smoothed) / 8,
        changedDeviation,
        times.subList(Math.max(0, times.size() - REMEMBERED), times.size()));
  }

  /** The 95th percentile of the recent times, by nearest rank. */
  long percentile95() {
    List<Long> sorted = recent.stream().sorted().toList();
    return sorted.get((sorted.size() * 95 + 99) / 100 - 1);
  }

  /** {@code racing-delay-ms=auto}: clamp(max(2·smoothed, 95th percentile), 100 ms, 2 s). */
  long delay() {
    long wanted = Math.max(2 * smoothed, percentile95());
    return Math.max(
        RaceOptions.MIN_DELAY.toNanos(), Math.min(wanted, RaceOptions.MAX_DELAY.toNanos()));
  }

  /** Rule 4 with history: what takes longer than this is lost. */
  long patience() {
    return 4 * (smoothed + 4 * deviation);
  }
}
