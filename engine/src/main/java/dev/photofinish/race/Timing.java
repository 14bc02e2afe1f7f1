package dev.photofinish.race;

import java.time.Duration;

/** The times of {@link RaceOptions} in nanoseconds, and what follows from them. */
final class Timing {
  /** A time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  /**
   * Hybrid: an eviction this soon after a newer attempt connected is evidence of a limited device.
   */
  static final long EVIDENCE_WINDOW = Duration.ofMillis(100).toNanos();

  /** None: what an attempt may take at least. */
  static final long LEAST_SHARE = Duration.ofSeconds(2).toNanos();

  /** Beyond this many doublings every patience is longer than any race. */
  private static final int MAX_DOUBLINGS = 16;

  final long floor = RaceOptions.FLOOR.toNanos();
  final long delay;
  final long timeout;
  final long resolutionDelay;
  private final double multiplier;
  private final int places;

  Timing(RaceOptions options) {
    delay = options.racingDelay().toNanos();
    timeout = options.racingTimeout().toNanos();
    resolutionDelay = options.resolutionDelay().toNanos();
    multiplier = options.racingDelayMultiplier();
    places = options.maxParallelConnections();
  }

  /** The n-th gap, from 1: between the n-th start of a race and the next. */
  long gap(int n) {
    double gap = delay * Math.pow(multiplier, n - 1);
    return (long) Math.min(gap, (double) RaceOptions.MAX_DELAY.toNanos());
  }

  /** How old an attempt gets before newer ones stop waiting for it: max(3, places)·d. */
  long patience() {
    return Math.max(3, places) * delay;
  }

  /**
   * Rule 4: the patience for the n-th attempt on one candidate, doubled after every {@code places}.
   */
  long patience(int n) {
    return patience() << Math.min((n - 1) / places, MAX_DOUBLINGS);
  }
}
