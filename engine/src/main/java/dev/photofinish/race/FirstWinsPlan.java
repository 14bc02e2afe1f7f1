package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;
import static dev.photofinish.race.Timing.NOT_YET;

import org.jspecify.annotations.Nullable;

/**
 * {@link Strategy#FIRST_WINS}, and {@link Strategy#HYBRID} until there is evidence: rules 1 to 5.
 */
final class FirstWinsPlan extends Plan {
  FirstWinsPlan(Facts facts) {
    super(facts);
  }

  @Override
  long nextStart() {
    long room = roomAt();
    long earliest = room == NEVER ? NEVER : earliest();
    return earliest == NEVER ? NEVER : Math.max(Math.max(earliest, room), noneYoungAt());
  }

  /**
   * Rule 2: an attempt is young while less than d has passed since its start or its last progress.
   */
  private long noneYoungAt() {
    long last = attempts.lastProgress();
    return last == NOT_YET ? 0 : last + timing.gap(attempts.lap().size(), attempts.last().of.delay);
  }

  /** Rules 3 and 4: when there is room for one more, or is made by retiring an attempt. */
  private long roomAt() {
    if (attempts.openCount() < options.maxParallelConnections()) {
      return 0;
    }
    long at = NEVER;
    for (Attempt attempt : attempts.open()) {
      at = Math.min(at, retirableAt(attempt));
    }
    return at;
  }

  /** Rule 4: a connected attempt is never retired; another when it is at least its patience old. */
  private long retirableAt(Attempt attempt) {
    return options.renewal() && !attempt.isConnected()
        ? attempt.start + timing.patience(attempt.of.delay, attempt.of.stats, attempt.ordinal)
        : NEVER;
  }

  @Override
  @Nullable Attempt toRetire(long now) {
    if (attempts.openCount() < options.maxParallelConnections()) {
      return null;
    }
    for (Attempt attempt : attempts.open()) {
      if (retirableAt(attempt) <= now) {
        return attempt;
      }
    }
    return null;
  }
}
