package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.race.address.Candidate;
import org.jspecify.annotations.Nullable;

/** A candidate with what the present lap of the race knows of it. */
final class CandidateState {
  final Candidate candidate;

  /** Null unless a connect time is known. */
  final @Nullable PathStats stats;

  final long delay;
  private int attempts;
  private long lastStart;
  private boolean ended;
  private boolean endedOrClosed;

  CandidateState(Candidate candidate, @Nullable PathStats stats, long delay) {
    this.candidate = candidate;
    this.stats = stats;
    this.delay = delay;
  }

  /** Not dialled yet. */
  boolean isFresh() {
    return attempts == 0;
  }

  int attempts() {
    return attempts;
  }

  void dialled(long now) {
    attempts++;
    lastStart = now;
  }

  /** Rule 5: whether what ended an attempt on this candidate forbids another. */
  void ended(Cause cause, boolean connected) {
    ended |= cause.isDefinitive(connected, true);
    endedOrClosed |= cause.isDefinitive(connected, false);
  }

  void reset() {
    attempts = 0;
    ended = false;
    endedOrClosed = false;
  }

  /**
   * When it may be dialled, by rule 5.
   *
   * @param opensAt when a fresh candidate of its endpoint may be
   */
  long availableAt(long opensAt, boolean redial, boolean toleratesClose) {
    if (toleratesClose ? ended : endedOrClosed) {
      return NEVER;
    }
    if (isFresh()) {
      return opensAt;
    }
    return redial ? lastStart + delay : NEVER;
  }
}
