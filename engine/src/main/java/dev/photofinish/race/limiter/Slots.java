package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import dev.photofinish.race.Permit.Heard;
import dev.photofinish.race.Permit.Refusal;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The slots and tokens that all views of one limiter share, with the queue for them. Safe for use
 * by several threads.
 */
final class Slots {
  private final DialWindow window;
  private final ExtraAttempts extras;
  private final HostGaps gaps = new HostGaps();
  private final WaitingRaces waiting = new WaitingRaces();
  private int taken;

  Slots(DialLimiterOptions options) {
    window = new DialWindow(options.maxDials());
    extras = new ExtraAttempts(options);
  }

  synchronized int taken() {
    return taken;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  synchronized int remembered() {
    return window.remembered() + gaps.size();
  }

  synchronized int limit() {
    return window.size();
  }

  synchronized int limit(long now) {
    return window.size(now);
  }

  private boolean hasFree(long now) {
    return waiting.isEmpty() && taken < window.size(now);
  }

  /** Takes a slot for {@code permit}; false when {@code waiter} is in the queue for it now. */
  synchronized boolean take(DialLimiter.Waiter waiter, Permit permit, long now) {
    if (hasFree(now)) {
      taken++;
      return true;
    }
    waiting.add(waiter, permit);
    return false;
  }

  void leave(DialLimiter.Waiter waiter, long now) {
    synchronized (this) {
      waiting.remove(waiter);
    }
    admit(now);
  }

  /** A dial that needs no slot of its own; null when it is granted. */
  synchronized @Nullable Refusal ask(InetAddress host, long gap, boolean first, long now) {
    Refusal refusal = tooSoon(host, gap, now);
    if (refusal == null) {
      dialled(host, gap, now);
      if (first) {
        extras.first(now);
      }
    }
    return refusal;
  }

  /** A dial that needs a slot and a token; null when it is granted. */
  synchronized @Nullable Refusal askExtra(InetAddress host, long gap, long nextLook, long now) {
    if (!hasFree(now)) {
      return new Refusal(DialLimiter.Reason.MAX_DIALS, now + nextLook);
    }
    Refusal refusal = tooSoon(host, gap, now);
    if (refusal != null) {
      return refusal;
    }
    long wait = extras.delay(now);
    if (wait > 0) {
      return new Refusal(DialLimiter.Reason.EXTRA_ATTEMPTS, now + wait);
    }
    dialled(host, gap, now);
    extras.take();
    taken++;
    return null;
  }

  private @Nullable Refusal tooSoon(InetAddress host, long gap, long now) {
    long wait = gap == 0 ? 0 : gaps.delay(host, gap, now);
    return wait > 0 ? new Refusal(DialLimiter.Reason.SAME_HOST_GAP, now + wait) : null;
  }

  private void dialled(InetAddress host, long gap, long now) {
    if (gap > 0) {
      gaps.dialled(host, gap, now);
    }
  }

  synchronized void heard(InetAddress host, Heard heard, long startedAt, long now) {
    switch (heard) {
      case SOMETHING -> window.heard(host, now);
      case NOTHING -> window.silent(host, startedAt, now);
      case UNKNOWN, UNSENT -> {}
    }
  }

  /** What was counted as the first attempt of a race, at {@code startedAt}, sent nothing. */
  synchronized void notFirst(long startedAt, long now) {
    extras.notFirst(startedAt, now);
  }

  void free(long now) {
    synchronized (this) {
      taken--;
    }
    admit(now);
  }

  /** Grants permits to those in the queue, as long as there are slots. */
  void admit(long now) {
    for (WaitingRaces.Next next = next(now); next != null; next = next(now)) {
      if (!next.waiter().granted(next.permit())) {
        synchronized (this) {
          taken--;
        }
      }
    }
  }

  private synchronized WaitingRaces.@Nullable Next next(long now) {
    WaitingRaces.Next next = taken < window.size(now) ? waiting.next() : null;
    taken += next == null ? 0 : 1;
    return next;
  }
}
