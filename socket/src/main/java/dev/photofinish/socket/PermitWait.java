package dev.photofinish.socket;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The wait of a thread that wants a connection for its permit of the limiter. */
final class PermitWait implements DialLimiter.Waiter {
  /** The end of a wait. */
  enum End {
    ADMITTED,
    TIMED_OUT,
    INTERRUPTED,
    GIVEN_UP
  }

  private final DialLimiter limiter;
  private final String host;
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Permit permit;
  private boolean left;
  private long waited;

  PermitWait(DialLimiter limiter, String host) {
    this.limiter = limiter;
    this.host = host;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public synchronized boolean granted(Permit granted) {
    if (left) {
      return false;
    }
    permit = granted;
    over.countDown();
    return true;
  }

  /** From any thread: ends the wait, if there is one. */
  void giveUp() {
    over.countDown();
  }

  /** Waits, at most {@code patience} nanoseconds; a thread without a permit has left the queue. */
  End await(long patience) {
    long begin = System.nanoTime();
    Permit atOnce = limiter.acquire(this, begin);
    if (atOnce != null) {
      granted(atOnce);
      return End.ADMITTED;
    }
    End end = End.TIMED_OUT;
    try {
      end = ended(patience);
    } finally {
      waited = Math.max(1, System.nanoTime() - begin);
      if (end != End.ADMITTED) {
        leave();
      }
    }
    return end;
  }

  private End ended(long patience) {
    try {
      if (!over.await(patience, TimeUnit.NANOSECONDS)) {
        return End.TIMED_OUT;
      }
      return isGranted() ? End.ADMITTED : End.GIVEN_UP;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return End.INTERRUPTED;
    }
  }

  private synchronized boolean isGranted() {
    return permit != null;
  }

  /** The permit may come all the same, until it is refused: then it is closed here. */
  private void leave() {
    limiter.leave(this, System.nanoTime());
    Permit crossed;
    synchronized (this) {
      left = true;
      crossed = permit;
    }
    if (crossed != null) {
      crossed.close(System.nanoTime());
    }
  }

  /** The permit of a thread that was {@link End#ADMITTED}. */
  synchronized Permit permit() {
    return Objects.requireNonNull(permit, "not admitted");
  }

  /** How long a wait without a permit was, in nanoseconds. */
  long waited() {
    return waited;
  }
}
