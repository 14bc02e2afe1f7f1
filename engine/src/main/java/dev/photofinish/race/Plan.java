package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;
import static dev.photofinish.race.Timing.NOT_YET;

import org.jspecify.annotations.Nullable;

/**
 * A strategy: decides when attempts start and what being ready means. All is derived from the facts
 * of the race; a plan remembers nothing but where it began.
 */
abstract class Plan {
  /** The facts that a plan derives its answers from. */
  record Facts(
      RaceOptions options,
      Timing timing,
      Attempts attempts,
      CandidateList candidates,
      Throttle throttle) {}

  final RaceOptions options;
  final Timing timing;
  final Attempts attempts;
  final CandidateList candidates;
  final Throttle throttle;

  Plan(Facts facts) {
    options = facts.options();
    timing = facts.timing();
    attempts = facts.attempts();
    candidates = facts.candidates();
    throttle = facts.throttle();
  }

  /**
   * When the next attempt starts, as things stand; {@link Timing#NEVER} if none may start any more.
   */
  abstract long nextStart();

  /** Rule 5: whether a candidate may be dialled more than once. */
  boolean redials() {
    return options.redial();
  }

  /** Rule 5: whether being closed by the peer after connecting says nothing about the candidate. */
  boolean toleratesClose() {
    return false;
  }

  /** Rule 4: the attempt that is retired for one that starts now, if it has to be. */
  @Nullable Attempt toRetire(long now) {
    return null;
  }

  /** When the attempt in progress has had its share of the time. */
  long shareEnd() {
    return NEVER;
  }

  /** When the held attempt wins. */
  long heldWinsAt() {
    return NEVER;
  }

  /** Whether an attempt that is ready waits for newer ones. */
  boolean holds() {
    return false;
  }

  /** Whether one more attempt may be connected beside those that are. */
  final boolean mayMoreConnect() {
    return attempts.connectedCount() < options.maxConnectedAttempts();
  }

  /**
   * The earliest start that rules 1 and 5, the resolution and {@code max-connected-attempts} allow.
   */
  final long earliest() {
    if (!mayMoreConnect()) {
      return NEVER;
    }
    long candidate = candidates.nextAt(redials(), toleratesClose());
    long sent = attempts.lastSent();
    return candidate == NEVER || sent == NOT_YET
        ? candidate
        : Math.max(candidate, sent + timing.floor);
  }
}
