package dev.photofinish.race.limiter;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DialLimiter} with limits: a cap on dials in progress, a token bucket for attempts beyond
 * each race's first and what follows an answer, a gap between dials of one host.
 *
 * <p>Races that find no slot wait in a queue: those of one host in their order, hosts in turn. An
 * extra attempt never takes a slot that a race waits for. When many hosts fall silent and nobody at
 * all answers, the cap shrinks ({@link DialWindow}): a dead network is probed, not stormed.
 */
public final class SharedDialLimiter implements DialLimiter {
  private final DialLimiterOptions options;
  private final Slots slots;
  private final long gap;

  public SharedDialLimiter(DialLimiterOptions options) {
    this(options, new Slots(options), Duration.ZERO);
  }

  private SharedDialLimiter(DialLimiterOptions options, Slots slots, Duration gap) {
    this.options = options;
    this.slots = slots;
    this.gap = (options.sameHostGap() == null ? gap : options.sameHostGap()).toNanos();
  }

  /** For races that need none: tests, benchmarks. */
  public static DialLimiter unlimited() {
    return UNLIMITED;
  }

  /**
   * The same limiter for those who keep the dials of one host {@code gap} apart, unless its options
   * give a {@code same-host-gap-ms}.
   */
  public SharedDialLimiter withSameHostGap(Duration gap) {
    return new SharedDialLimiter(options, slots, gap);
  }

  /** Dials in progress, and slots of races that began and have not dialled yet. */
  public int taken() {
    return slots.taken();
  }

  /** Races that wait for a slot. */
  public int waiting() {
    return slots.waiting();
  }

  /**
   * Hosts that it remembers: at most 10,000 that fell silent and did not answer since, and those
   * dialled within the last gap.
   */
  public int remembered() {
    return slots.remembered();
  }

  /**
   * How many dials may be in progress, as of the latest that began or ended: for those who only
   * look, and need not know the races' clock.
   */
  public int limit() {
    return slots.limit();
  }

  /** How many dials may be in progress now: {@code max-dials}, or less while nobody answers. */
  public int limit(long now) {
    return slots.limit(now);
  }

  @Override
  public @Nullable Permit acquire(Waiter waiter, long now) {
    SharedPermit permit = new SharedPermit(slots, gap, now);
    return slots.take(waiter, permit, now) ? permit.atOnce() : null;
  }

  @Override
  public void leave(Waiter waiter, long now) {
    slots.leave(waiter, now);
  }
}
