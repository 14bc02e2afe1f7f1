package dev.photofinish.race.limiter;

import dev.photofinish.race.Permit;
import dev.photofinish.race.address.Candidate;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A race's permit of a {@link SharedDialLimiter}. Its first dial has a slot from the start; what
 * follows an answer on a fresh address takes over the slot, for it is no load beyond a first
 * dial's; any other dial needs a token and a slot of its own.
 */
final class SharedPermit implements Permit {
  /** How soon an extra attempt asks again that found no slot: nobody knows when there is one. */
  static final long NEXT_LOOK = Duration.ofMillis(100).toNanos();

  private final Slots slots;
  private final long gap;
  private final long askedAt;

  private boolean queued = true;

  /** Whether it has a slot that no dial has. */
  private boolean hasSlot = true;

  /** Dials that may have sent something. */
  private int sent;

  SharedPermit(Slots slots, long gap, long askedAt) {
    this.slots = slots;
    this.gap = gap;
    this.askedAt = askedAt;
  }

  /** It does not have to wait in the queue. */
  SharedPermit atOnce() {
    queued = false;
    return this;
  }

  @Override
  public long queuedFor(long now) {
    return queued ? Math.max(1, now - askedAt) : 0;
  }

  @Override
  public @Nullable Refusal ask(Candidate candidate, boolean fresh, long now) {
    InetAddress host = candidate.remote().getAddress();
    boolean first = sent == 0;
    Refusal refusal;
    if (first || (hasSlot && fresh)) {
      refusal = slots.ask(host, gap, first, now);
    } else {
      close(now); // what was kept for a fresh address is none for another dial of an old one
      refusal = slots.askExtra(host, gap, NEXT_LOOK, now);
    }
    if (refusal == null) {
      hasSlot = false;
      sent++;
    }
    return refusal;
  }

  @Override
  public boolean ended(Candidate candidate, long startedAt, Heard heard, boolean goesOn, long now) {
    sent -= heard == Heard.UNSENT ? 1 : 0;
    if (sent == 0) {
      slots.notFirst(startedAt, now);
    } else {
      slots.heard(candidate.remote().getAddress(), heard, startedAt, now);
    }
    if (sent == 0 || goesOn) {
      hasSlot = true;
      return true;
    }
    slots.free(now);
    return false;
  }

  @Override
  public void close(long now) {
    if (hasSlot) {
      hasSlot = false;
      slots.free(now);
    }
  }
}
