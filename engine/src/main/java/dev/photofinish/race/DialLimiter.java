package dev.photofinish.race;

import org.jspecify.annotations.Nullable;

/**
 * The limit on the dials of a process: how many at once, how many beyond a race's first.
 *
 * <p>A driver acquires a {@link Permit} before it begins a race, and waits in the limiter's queue
 * where there is no slot. Times are nanoseconds of one ticker for all races, compared by
 * subtraction. Safe for use by several threads.
 */
public interface DialLimiter {
  /** Every race begins at once, every dial is granted. */
  DialLimiter UNLIMITED = new Unlimited();

  /** The reason why a dial is throttled. */
  enum Reason {
    /** All slots are taken, or first attempts of other races wait for one. */
    MAX_DIALS,
    /** There were enough attempts beyond the first ones lately. */
    EXTRA_ATTEMPTS,
    /** The host was dialled a moment ago. */
    SAME_HOST_GAP
  }

  /** The driver of a race that waits in the queue. */
  interface Waiter {
    /** Races to one host wait for each other; hosts take turns. */
    String host();

    /**
     * The race may begin with {@code permit}; false if it cannot any more, and its slot is free.
     * Called once, on any thread, unless it left before; must neither block nor throw.
     */
    boolean granted(Permit permit);
  }

  /**
   * Asks for a permit with a slot for the first dial of a race; null when {@code waiter} has to
   * wait in the queue until it is granted.
   */
  @Nullable Permit acquire(Waiter waiter, long now);

  /**
   * Takes {@code waiter} out of the queue, if it is there. Where its grant crosses this, the permit
   * is the waiter's to close.
   */
  void leave(Waiter waiter, long now);

  /** A limiter that limits nothing. */
  final class Unlimited implements DialLimiter {
    private Unlimited() {}

    @Override
    public Permit acquire(Waiter waiter, long now) {
      return Permit.UNLIMITED;
    }

    @Override
    public void leave(Waiter waiter, long now) {
      // nobody waits
    }
  }
}
