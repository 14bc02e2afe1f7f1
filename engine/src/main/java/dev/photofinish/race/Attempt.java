package dev.photofinish.race;

import static dev.photofinish.race.Timing.NOT_YET;

import org.jspecify.annotations.Nullable;

/** The facts of one attempt. Times are nanoseconds from the start of the race. */
final class Attempt {
  final int number;
  final CandidateState of;

  /** Among the attempts on its candidate, from 1. */
  final int ordinal;

  final long start;

  long progress;
  long connected = NOT_YET;
  long ready = NOT_YET;
  long end = NOT_YET;
  Stage stage = Stage.STARTED;
  @Nullable Outcome outcome;
  @Nullable Cause cause;
  @Nullable String detail;

  Attempt(int number, CandidateState of, int ordinal, long start) {
    this.number = number;
    this.of = of;
    this.ordinal = ordinal;
    this.start = start;
    progress = start;
  }

  boolean isOver() {
    return outcome != null;
  }

  boolean isConnected() {
    return connected != NOT_YET;
  }

  boolean isReady() {
    return ready != NOT_YET;
  }

  boolean isHeld() {
    return isReady() && !isOver();
  }

  /** Notes the stage; false if that is no progress. */
  boolean reached(Stage to, long now) {
    if (stage.compareTo(to) >= 0) {
      return false;
    }
    stage = to;
    progress = now;
    if (!isConnected()) {
      connected = now;
    }
    if (to == Stage.READY) {
      ready = now;
    }
    return true;
  }

  void end(Outcome how, long now) {
    outcome = how;
    end = now;
  }

  /** What was heard of the host up to now, when the attempt is no more in progress. */
  Permit.Heard heard() {
    if (isConnected()) {
      return Permit.Heard.SOMETHING;
    }
    if (cause == null) {
      return outcome == Outcome.CANCELLED ? Permit.Heard.UNKNOWN : Permit.Heard.NOTHING;
    }
    return switch (cause) {
      case REFUSED, RESET, TLS, CLOSED, PROTOCOL -> Permit.Heard.SOMETHING;
      case TIMEOUT, UNREACHABLE -> Permit.Heard.NOTHING;
      case LOCAL -> Permit.Heard.UNSENT;
    };
  }

  RaceReport.Attempt report() {
    return new RaceReport.Attempt(
        number, of.candidate, start, connected, ready, end, stage, outcome, cause, detail);
  }
}
