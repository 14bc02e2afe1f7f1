package dev.photofinish.cli.fleet;

import dev.photofinish.cli.command.StopSignal;
import java.io.IOException;
import java.time.Duration;

/**
 * Waits for what comes in its own time, until the user ends the command.
 *
 * @param bound of each wait
 */
record Waiting(StopSignal stop, Duration bound) {
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Looks whether it is so. */
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * Waits.
   *
   * @throws IOException if it is not so within the bound
   */
  void until(String what, Condition condition)
      throws IOException, InterruptedException, StoppedException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.holds()) {
      if (end - System.nanoTime() <= 0) {
        throw new IOException("waited for " + what + " for " + bound.toSeconds() + " s");
      }
      if (stop.await(LOOK)) {
        throw new StoppedException();
      }
    }
  }
}
