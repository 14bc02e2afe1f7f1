package dev.photofinish.relay;

import java.time.Duration;
import java.time.Instant;

/**
 * The time since a camera went away. Its begin is told by the clock on the wall, its length by one
 * that nobody sets.
 *
 * @param since when it began
 * @param at the same in nanoseconds of the other clock
 */
record Absence(Instant since, long at) {
  /** One that begins now. */
  static Absence begin() {
    return new Absence(Instant.now(), System.nanoTime());
  }

  /** How long it has lasted at {@code now}, nanoseconds of the clock that nobody sets. */
  Duration lasted(long now) {
    return Duration.ofNanos(now - at);
  }
}
