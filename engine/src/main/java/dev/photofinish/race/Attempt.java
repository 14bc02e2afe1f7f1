package dev.photofinish.race;

import org.jspecify.annotations.Nullable;

/** The facts of one attempt. Times are nanoseconds from the start of the race, -1 for not yet. */
final class Attempt {
  final int number;
  final CandidateList.Slot slot;
  final long start;

  /** Its place among the attempts on its candidate, from 1. */
  final int ordinal;

  long progress;
  long connected = -1;
  long ready = -1;
  long end = -1;
  Stage stage = Stage.STARTED;
  @Nullable Outcome outcome;
  @Nullable Cause cause;
  @Nullable String detail;

  Attempt(int number, CandidateList.Slot slot, long start) {
    this.number = number;
    this.slot = slot;
    this.start = start;
    progress = start;
    ordinal = slot.dialled(start);
  }

  boolean isOver() {
    return outcome != null;
  }

  boolean isConnected() {
    return connected >= 0;
  }

  boolean isHeld() {
    return ready >= 0 && !isOver();
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
  DialLimiter.Heard heard() {
    if (isConnected()) {
      return DialLimiter.Heard.SOMETHING;
    }
    if (cause == null) {
      return outcome == Outcome.CANCELLED ? DialLimiter.Heard.UNKNOWN : DialLimiter.Heard.NOTHING;
    }
    return switch (cause) {
      case REFUSED, RESET, TLS, CLOSED, PROTOCOL -> DialLimiter.Heard.SOMETHING;
      case TIMEOUT, UNREACHABLE -> DialLimiter.Heard.NOTHING;
      case LOCAL -> DialLimiter.Heard.UNKNOWN;
    };
  }

  RaceReport.Attempt report() {
    return new RaceReport.Attempt(
        number, slot.candidate, start, connected, ready, end, stage, outcome, cause, detail);
  }
}
