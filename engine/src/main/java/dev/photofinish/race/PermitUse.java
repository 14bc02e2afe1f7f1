package dev.photofinish.race;

import org.jspecify.annotations.Nullable;

/**
 * A race's use of its {@link Permit}: asks for each dial, reports how each ended, and notes what
 * was throttled. Times are nanoseconds from the start of the race.
 */
final class PermitUse {
  private final Permit permit;
  private final long startedAt;
  private final Throttle throttle;

  /** The attempt whose close was given to the driver, which runs it before it polls again. */
  private @Nullable Attempt closing;

  PermitUse(Permit permit, long startedAt, Throttle throttle) {
    this.permit = permit;
    this.startedAt = startedAt;
    this.throttle = throttle;
  }

  /** Asks for the dial that would be {@code attempt}. */
  boolean isGranted(CandidateState of, int attempt, long now) {
    Permit.Refusal refusal = permit.ask(of.candidate, of.isFresh(), startedAt + now);
    if (refusal == null) {
      throttle.end(now);
      return true;
    }
    long askAgain = Math.max(now + 1, refusal.askAgainAt() - startedAt);
    throttle.refused(attempt, now, refusal.reason(), askAgain);
    return false;
  }

  void ready(Attempt attempt, long now) {
    report(attempt, false, now);
  }

  /**
   * The network or the peer ended the attempt.
   *
   * @param goesOn whether the race goes on to a fresh candidate
   */
  void ended(Attempt attempt, boolean goesOn, long now) {
    if (!attempt.isReady() && report(attempt, goesOn, now)) {
      throttle.askAtOnce();
    }
  }

  /** The driver gets {@code command} next, null for none: it has run the one before. */
  void polled(@Nullable Attempt closes, long now) {
    if (closing != null && !closing.isReady()) {
      report(closing, false, now);
    }
    closing = closes;
  }

  void raceOver(long now) {
    permit.close(startedAt + now);
    throttle.end(now);
  }

  private boolean report(Attempt attempt, boolean goesOn, long now) {
    return permit.ended(
        attempt.of.candidate, startedAt + attempt.start, attempt.heard(), goesOn, startedAt + now);
  }
}
