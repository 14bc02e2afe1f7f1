package dev.photofinish.race;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The times of {@link RaceOptions} in nanoseconds, and what follows from them. */
public final class Timing {
  /** A time that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

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
  private final int places;

  Timing(RaceOptions options) {
    delay = options.racingDelay().toNanos();
    delayFromHistory = options.racingDelayAuto();
    timeout = options.racingTimeout().toNanos();
    resolutionDelay = options.resolutionDelay().toNanos();
    multiplier = options.racingDelayMultiplier();
    places = options.maxParallelConnections();
  }

  /** The connection attempt delay d of a candidate. */
  long delay(@Nullable PathStats experience) {
    return delayFromHistory && experience != null ? experience.delay() : delay;
  }

  /**
   * The n-th gap, from 1: between the n-th start of a race, which was {@code last}, and the next.
   */
  long gap(int n, Attempt last) {
    double gap = last.slot.delay * Math.pow(multiplier, n - 1);
    return (long) Math.min(gap, (double) RaceOptions.MAX_DELAY.toNanos());
  }

  /** How old an attempt gets before others stop waiting for it: max(3, places)·d. */
  long window(Attempt attempt) {
    return Math.max(3, places) * attempt.slot.delay;
  }

  /**
   * Rule 4: doubled after every {@code places} attempts on one candidate; with history it stays at
   * what the path has shown to need.
   */
  long patience(Attempt attempt) {
    PathStats experience = attempt.slot.experience;
    return experience == null
        ? window(attempt) << Math.min((attempt.ordinal - 1) / places, MAX_DOUBLINGS)
        : Math.max(window(attempt), experience.patience());
  }
}
