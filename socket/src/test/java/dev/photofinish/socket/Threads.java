package dev.photofinish.socket;

import java.lang.Thread.State;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Conditions of threads, with a generous bound. */
final class Threads {
  private static final long BOUND_SECONDS = 60;

  private Threads() {}

  static void eventually(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + BOUND_SECONDS + " s: " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /** Until {@code thread} is in the system's wait for the network. */
  static void awaitBlocked(Thread thread) {
    eventually(
        "the thread waits for the network",
        () ->
            thread.getState() != State.NEW
                && Arrays.stream(thread.getStackTrace())
                    .limit(1)
                    .anyMatch(frame -> frame.isNativeMethod()));
  }
}
