package dev.photofinish.cli.command;

import java.time.Duration;

/** Time since it was made. */
public final class Elapsed {
  private final long start = System.nanoTime();

  public long nanos() {
    return System.nanoTime() - start;
  }

  public Duration time() {
    return Duration.ofNanos(nanos());
  }

  public long millis() {
    return nanos() / 1_000_000;
  }
}
