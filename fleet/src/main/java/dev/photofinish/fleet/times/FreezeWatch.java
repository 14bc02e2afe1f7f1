package dev.photofinish.fleet.times;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that its process stood still: what a node knew before a long pause no longer holds, since
 * others may have taken over its cameras meanwhile.
 *
 * <p>A pause as long as {@code stable-after} is enough for others to have decided. On a side that
 * may have lost, pauses that are together above the margin between the last close and the first
 * dial are: each delays the close by at most its own length, wherever it falls between the failure
 * of the network and the close, and so do all of them by their sum. Those count that came since the
 * network may have failed: since {@code notice} before the loss was seen, time in which the process
 * stood still not counted. A pause below a sixth of the margin does not count: notice, decision,
 * word of it and close are fewer than six steps, each of which it can delay once.
 *
 * <p>Safe for several threads, and asked before each dial, so that a process that goes on dials
 * nothing before it has noticed.
 */
public final class FreezeWatch {
  /** More than there are steps from the failure of the network to the last close. */
  private static final int STEPS = 6;

  private static final Logger LOG = LoggerFactory.getLogger(FreezeWatch.class);

  private final long limit;
  private final long margin;
  private final long notice;
  private final LongSupplier clock;
  private final BooleanSupplier mayHaveLost;

  // Guarded by this.
  private long last;
  private long suspectUntil;
  private long paused;
  private boolean frozen;

  /**
   * Begins to watch.
   *
   * @param clock nanoseconds, which go on while the machine is suspended
   * @param mayHaveLost whether this node is on a side of a partition that will not go on
   */
  public FreezeWatch(Takeover times, LongSupplier clock, BooleanSupplier mayHaveLost) {
    this.limit = times.stableAfter().toNanos();
    this.margin = times.firstDial().minus(times.lastClose()).toNanos();
    this.notice = times.notice().toNanos();
    this.clock = clock;
    this.mayHaveLost = mayHaveLost;
    this.last = clock.getAsLong();
    this.suspectUntil = last;
  }

  /** Begins again: what was before is not a pause. */
  public synchronized void restart() {
    last = clock.getAsLong();
    suspectUntil = last;
    paused = 0;
  }

  /** Looks at the clock, to be called often; true for ever once too much of it has passed. */
  public synchronized boolean isFrozen() {
    long now = clock.getAsLong();
    long pause = now - last;
    last = now;
    boolean isPause = pause > margin / STEPS;
    paused += isPause ? pause : 0;
    boolean lost = paused > 0 && mayHaveLost.getAsBoolean();
    if (isPause || lost) {
      // What was lost before the pause may be noticed behind it.
      suspectUntil = now + notice;
    } else if (suspectUntil - now <= 0) {
      paused = 0;
    }
    if (!frozen && (pause > limit || (lost && paused > margin))) {
      frozen = true;
      LOG.error("this process stood still for so long that others may hold its cameras now");
    }
    return frozen;
  }
}
