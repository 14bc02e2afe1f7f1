package dev.photofinish.race.limiter;

import dev.photofinish.option.OptionType;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cap on the dials in progress to a group of hosts, such as those behind one uplink, within the
 * limiter of their process: a race of the group has a slot of both.
 *
 * <p>Races wait for a slot of the group first, those of one host in their order, hosts in turn; the
 * group's slot is theirs while they wait for one of the process.
 */
public final class DialGroup {
  private static final OptionType.WholeNumber DIALS = OptionType.integer(1, 1_000_000);

  private final int max;

  // Guarded by this; nothing of the process's limiter is called while it is held.
  private final WaitingRaces waiting = new WaitingRaces();

  /** Those with a slot of the group that still need one of the process. */
  private final Map<DialLimiter.Waiter, GroupPermit> entered = new HashMap<>();

  private int taken;

  /**
   * A group without dials.
   *
   * @param maxDials most in progress at one time, 1 to 1000000
   */
  public DialGroup(int maxDials) {
    DIALS.check("dials of a group", maxDials);
    max = maxDials;
  }

  /** The limiter of the group's races, whose process has this one. */
  public DialLimiter within(DialLimiter process) {
    return new DialLimiter() {
      @Override
      public @Nullable Permit acquire(Waiter waiter, long now) {
        GroupPermit permit = new GroupPermit(DialGroup.this, process, waiter, now);
        return take(waiter, permit) ? permit.enter(now) : null;
      }

      @Override
      public void leave(Waiter waiter, long now) {
        leaveGroup(waiter, now);
      }
    };
  }

  /** Dials in progress, and slots of races that have not dialled yet. */
  public synchronized int taken() {
    return taken;
  }

  /** Races that wait for a slot of the group. */
  public synchronized int waiting() {
    return waiting.size();
  }

  private synchronized boolean take(DialLimiter.Waiter waiter, GroupPermit permit) {
    if (waiting.isEmpty() && taken < max) {
      taken++;
      entered.put(waiter, permit);
      return true;
    }
    waiting.add(waiter, permit);
    return false;
  }

  /** A slot for an attempt beyond the first, which waits for all who have none. */
  synchronized boolean takeExtra() {
    if (!waiting.isEmpty() || taken >= max) {
      return false;
    }
    taken++;
    return true;
  }

  /** It need not wait for the process; false if it left meanwhile, and has given up its slot. */
  synchronized boolean begins(DialLimiter.Waiter waiter) {
    return entered.remove(waiter) != null;
  }

  private void leaveGroup(DialLimiter.Waiter waiter, long now) {
    GroupPermit inProcess;
    synchronized (this) {
      waiting.remove(waiter);
      inProcess = entered.remove(waiter);
    }
    if (inProcess != null) {
      inProcess.leave(now);
    }
  }

  /** A slot is free, which the next in the queue gets. */
  void free(long now) {
    synchronized (this) {
      taken--;
    }
    for (WaitingRaces.Next next = next(); next != null; next = next()) {
      ((GroupPermit) next.permit()).admit(now);
    }
  }

  private synchronized WaitingRaces.@Nullable Next next() {
    WaitingRaces.Next next = taken < max ? waiting.next() : null;
    if (next != null) {
      taken++;
      entered.put(next.waiter(), (GroupPermit) next.permit());
    }
    return next;
  }
}
