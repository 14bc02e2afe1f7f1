package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

import java.util.List;

/**
 * {@link Strategy#LAST_WINS}: a fixed number of attempts at fixed times; the newest to be ready is
 * held until nothing newer can come.
 */
final class LastWinsPlan extends Plan {
  LastWinsPlan(Facts facts) {
    super(facts);
  }

  @Override
  boolean toleratesClose() {
    return true;
  }

  @Override
  boolean holds() {
    return true;
  }

  @Override
  long nextStart() {
    if (attempts.lap().size() >= options.maxParallelConnections()) {
      return NEVER;
    }
    long earliest = earliest();
    return earliest == NEVER || attempts.openCount() == 0
        ? earliest
        : Math.max(earliest, scheduled());
  }

  /** Attempt k starts at (k-1)·d, counted from the first start of this lap. */
  private long scheduled() {
    List<Attempt> lap = attempts.lap();
    long at = lap.get(0).start;
    for (int n = 1; n <= lap.size(); n++) {
      at += timing.gap(n, lap.get(n - 1).of.delay);
    }
    return at;
  }

  /**
   * Once no more may start, and every newer attempt in progress has had its patience. What the
   * limiter throttles is not waited for.
   */
  @Override
  long heldWinsAt() {
    Attempt held = attempts.held();
    boolean moreMayStart = nextStart() != NEVER && !throttle.isOn();
    if (held == null || moreMayStart) {
      return NEVER;
    }
    long at = held.ready;
    for (Attempt attempt : attempts.open()) {
      if (attempt.number > held.number) {
        at = Math.max(at, attempt.start + timing.window(attempt.of.delay));
      }
    }
    return at;
  }
}
