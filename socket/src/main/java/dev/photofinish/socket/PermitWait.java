package dev.photofinish.socket;

import dev.photofinish.race.DialLimiter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the thread that wants a connection waits for its place among the dials of the process. */
final class PermitWait implements DialLimiter.Racer {
  /** How the wait ended. */
  enum End {
    ADMITTED,
    TIMED_OUT,
    INTERRUPTED,
    GIVEN_UP
  }

  private final DialLimiter limiter;
  private final String host;
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean admitted;
  private long waited;

  PermitWait(DialLimiter limiter, String host) {
    this.limiter = limiter;
    this.host = host;
  }

  @Override
  public String host() {
    return host;
  }

  /** The thread has its place, or has left by the time it learns of it, and gives it back. */
  @Override
  public boolean admitted() {
    admitted = true;
    over.countDown();
    return true;
  }

  /** From any thread: ends the wait, if there is one. */
  void giveUp() {
    over.countDown();
  }

  /** Waits, at most {@code patience} nanoseconds; whoever is not admitted has left the row. */
  End await(long patience) {
    long begin = System.nanoTime();
    if (limiter.enter(this, begin)) {
      return End.ADMITTED;
    }
    End end = End.TIMED_OUT;
    try {
      end = ended(patience);
    } finally {
      waited = Math.max(1, System.nanoTime() - begin);
      if (end != End.ADMITTED) {
        limiter.leave(this, System.nanoTime());
      }
    }
    return end;
  }

  private End ended(long patience) {
    try {
      if (!over.await(patience, TimeUnit.NANOSECONDS)) {
        return End.TIMED_OUT;
      }
      return admitted ? End.ADMITTED : End.GIVEN_UP;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return End.INTERRUPTED;
    }
  }

  /** How long the wait was, in nanoseconds; 0 if there was a place at once. */
  long waited() {
    return waited;
  }
}
