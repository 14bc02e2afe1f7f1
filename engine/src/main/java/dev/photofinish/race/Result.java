package dev.photofinish.race;

/** The result of a race. */
public enum Result {
  WON,
  /** Nothing was in progress or held, no candidate could start, and resolution was complete. */
  FAILED,
  /** {@code racing-timeout} ran out. */
  TIMED_OUT,
  /** The caller cancelled. */
  CANCELLED
}
