package dev.photofinish.connect;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The request of a race for its permit, which may have to wait in the limiter's queue. Used on the
 * event loop of the race.
 */
final class PermitRequest implements DialLimiter.Waiter {
  private final DialLimiter limiter;
  private final String host;
  private final EventLoop loop;
  private final LongSupplier clock;
  private final Consumer<Permit> begin;
  private final Runnable orphaned;
  private final long madeAt;
  private boolean waiting;

  /** A permit that came from the queue and is not used yet. */
  private volatile @Nullable Permit granted;

  /**
   * @param begin begins the race, on the event loop
   * @param orphaned called when the permit comes after the event loop has ended
   */
  PermitRequest(
      RaceContext context, String host, EventLoop loop, Consumer<Permit> begin, Runnable orphaned) {
    this.limiter = context.limiter();
    this.host = host;
    this.loop = loop;
    this.clock = context.clock();
    this.begin = begin;
    this.orphaned = orphaned;
    this.madeAt = clock.getAsLong();
  }

  /** Begins the race if there is a slot; else it waits in the queue. */
  void send() {
    waiting = true;
    Permit permit = limiter.acquire(this, clock.getAsLong());
    if (permit != null) {
      waiting = false;
      begin.accept(permit);
    }
  }

  boolean isWaiting() {
    return waiting;
  }

  /** For how long since the caller's call. */
  long waited() {
    return clock.getAsLong() - madeAt;
  }

  @Override
  public String host() {
    return host;
  }

  @Override
  public boolean granted(Permit permit) {
    granted = permit;
    try {
      loop.execute(this::proceed);
      return true;
    } catch (RejectedExecutionException e) {
      granted = null;
      orphaned.run();
      return false;
    }
  }

  private void proceed() {
    Permit permit = granted;
    granted = null;
    if (permit == null) {
      return;
    }
    if (waiting) {
      waiting = false;
      begin.accept(permit);
    } else {
      permit.close(clock.getAsLong()); // the grant crossed the withdrawal
    }
  }

  /** Leaves the queue. */
  void withdraw() {
    waiting = false;
    limiter.leave(this, clock.getAsLong());
    Permit crossed = granted;
    granted = null;
    if (crossed != null) {
      crossed.close(clock.getAsLong());
    }
  }
}
