package dev.photofinish.race;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The times of {@link RaceOptions} in nanoseconds, and what follows from them. */
public final class Timing {
  /** A time to come that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** The time of what has not happened, or never did: in the facts of a race and its report. */
  public static final long NOT_YET = -1;

  /** None: what an attempt may take at least. */
  static final long LEAST_SHARE = Duration.ofSeconds(2).toNanos();

  /** Beyond this many doublings every patience is longer than any race. */
  private static final int MAX_DOUBLINGS = 16;

  final long floor = RaceOptions.FLOOR.toNanos();
  final long timeout;
  final long resolutionDelay;
  private final long delay;
  private final boolean delayFromHistory;
  private final double multiplier;
  private final int parallel;

  Timing(RaceOptions options) {
    delay = options.racingDelay().toNanos();
    delayFromHistory = options.racingDelayAuto();
    timeout = options.racingTimeout().toNanos();
    resolutionDelay = options.resolutionDelay().toNanos();
    multiplier = options.racingDelayMultiplier();
    parallel = options.maxParallelConnections();
  }

  /** The connection attempt delay d of a candidate. */
  long delay(@Nullable PathStats stats) {
    return delayFromHistory && stats != null ? stats.delay() : delay;
  }

  /**
   * The n-th gap, from 1: between the n-th start of a race and the next.
   *
   * @param delay that of the candidate of the n-th start
   */
  long gap(int n, long delay) {
    double gap = delay * Math.pow(multiplier, n - 1);
    return (long) Math.min(gap, (double) RaceOptions.MAX_DELAY.toNanos());
  }

  /** How old an attempt gets before others stop waiting for it: max(3, parallel)·d. */
  long window(long delay) {
    return Math.max(3, parallel) * delay;
  }

  /**
   * Rule 4: doubled after every {@code max-parallel-connections} attempts on one candidate; with
   * history it stays at what the path has shown to need.
   *
   * @param ordinal of the attempt among those on its candidate, from 1
   */
  long patience(long delay, @Nullable PathStats stats, int ordinal) {
    return stats == null
        ? window(delay) << Math.min((ordinal - 1) / parallel, MAX_DOUBLINGS)
        : Math.max(window(delay), stats.patience());
  }
}
