package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

/** {@link Strategy#HYBRID} after evidence of a connection-limited device: one attempt at a time. */
final class LimitedPlan extends Plan {
  private final int attemptsBefore;

  LimitedPlan(Facts facts) {
    super(facts);
    attemptsBefore = attempts.all().size();
  }

  @Override
  boolean toleratesClose() {
    return true;
  }

  @Override
  long nextStart() {
    int started = attempts.all().size() - attemptsBefore;
    return attempts.openCount() == 0 && started < options.maxParallelConnections()
        ? earliest()
        : NEVER;
  }
}
