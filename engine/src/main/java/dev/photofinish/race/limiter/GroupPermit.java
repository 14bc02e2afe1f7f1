package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import dev.photofinish.race.address.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A race's permit of a {@link DialGroup}: that of the process, and for each dial a slot of the
 * group beside it. It waits in the process's queue in the place of its race.
 */
final class GroupPermit implements Permit, DialLimiter.Waiter {
  private final DialGroup group;
  private final DialLimiter process;
  private final DialLimiter.Waiter waiter;
  private final long askedAt;

  /** That of the process; one that limits nothing until there is one. */
  private Permit permit = Permit.UNLIMITED;

  private boolean queued;

  /** Whether it has a slot of the group that no dial has. */
  private boolean hasSlot = true;

  /** Dials that may have sent something. */
  private int sent;

  GroupPermit(DialGroup group, DialLimiter process, DialLimiter.Waiter waiter, long askedAt) {
    this.group = group;
    this.process = process;
    this.waiter = waiter;
    this.askedAt = askedAt;
  }

  // ---- Before the race begins

  /** Has a slot of the group; null while it waits for one of the process. */
  @Nullable Permit enter(long now) {
    Permit given = process.acquire(this, now);
    if (given == null) {
      return null;
    }
    permit = given;
    group.begins(waiter);
    return this;
  }

  /** Has a slot of the group, after it waited for it. */
  void admit(long now) {
    Permit given = process.acquire(this, now);
    if (given != null && !granted(given)) {
      given.close(now);
    }
  }

  /** The race left the queue of the process. */
  void leave(long now) {
    process.leave(this, now);
    group.free(now);
  }

  @Override
  public String host() {
    return waiter.host();
  }

  /** False where nobody wants it any more; the slot of the group is given back then. */
  @Override
  public boolean granted(Permit given) {
    if (!group.begins(waiter)) {
      return false;
    }
    permit = given;
    queued = true;
    if (!waiter.granted(this)) {
      group.free(askedAt); // the latest time that it knows: those in the queue do not look at it
      return false;
    }
    return true;
  }

  // ---- While it dials

  @Override
  public long queuedFor(long now) {
    return queued ? Math.max(1, now - askedAt) : 0;
  }

  @Override
  public @Nullable Refusal ask(Candidate candidate, boolean fresh, long now) {
    boolean isKept = hasSlot && (sent == 0 || fresh);
    if (!isKept) {
      giveBack(now); // what was kept for a fresh address is none for another dial of an old one
      if (!group.takeExtra()) {
        return new Refusal(DialLimiter.Reason.MAX_DIALS, now + SharedPermit.NEXT_LOOK);
      }
    }
    Refusal refusal = permit.ask(candidate, fresh, now);
    if (refusal == null) {
      hasSlot = false;
      sent++;
    } else if (!isKept) {
      group.free(now);
    }
    return refusal;
  }

  @Override
  public boolean ended(Candidate candidate, long startedAt, Heard heard, boolean goesOn, long now) {
    sent -= heard == Heard.UNSENT ? 1 : 0;
    hasSlot = permit.ended(candidate, startedAt, heard, goesOn, now);
    if (!hasSlot) {
      group.free(now);
    }
    return hasSlot;
  }

  @Override
  public void close(long now) {
    permit.close(now);
    giveBack(now);
  }

  private void giveBack(long now) {
    if (hasSlot) {
      hasSlot = false;
      group.free(now);
    }
  }
}
