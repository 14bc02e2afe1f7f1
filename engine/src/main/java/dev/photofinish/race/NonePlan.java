package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

/**
 * {@link Strategy#NONE}: each candidate once, one attempt at a time, each with its share of the
 * time.
 */
final class NonePlan extends Plan {
  NonePlan(Facts facts) {
    super(facts);
  }

  @Override
  boolean redials() {
    return false;
  }

  @Override
  long nextStart() {
    return attempts.openCount() == 0 ? earliest() : NEVER;
  }

  /**
   * max(2000, time left / candidates left), this one included; the race's own end is not a share's.
   */
  @Override
  long shareEnd() {
    if (attempts.openCount() == 0) {
      return NEVER;
    }
    Attempt attempt = attempts.last();
    long share = (timing.timeout - attempt.start) / (candidates.fresh() + 1);
    long end = attempt.start + Math.max(Timing.LEAST_SHARE, share);
    return end < timing.timeout ? end : NEVER;
  }
}
