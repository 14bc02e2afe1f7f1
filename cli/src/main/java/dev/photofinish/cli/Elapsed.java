package dev.photofinish.cli;

import java.time.Duration;

/** Time since it was made. */
final class Elapsed {
  private final long start = System.nanoTime();

  long nanos() {
    return System.nanoTime() - start;
  }

  Duration time() {
    return Duration.ofNanos(nanos());
  }

  long millis() {
    return nanos() / 1_000_000;
  }
}
