package dev.photofinish.race;

/** What a race came to. */
public enum Result {
  WON,
  /** Nothing was in progress or held, no candidate could start, and resolution was complete. */
  FAILED,
  /** {@code racing-timeout} ran out. */
  TIMED_OUT,
  /** The caller cancelled. */
  CANCELLED
}
