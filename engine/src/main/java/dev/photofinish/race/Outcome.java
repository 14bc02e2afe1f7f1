package dev.photofinish.race;

/** The end of an attempt. */
public enum Outcome {
  WON,
  /**
   * Closed by us because the race was decided, the caller cancelled, another attempt made it
   * pointless, or as many were connected as may be.
   */
  CANCELLED,
  /**
   * Ended by the network or the peer before it was connected, or by anything but the peer's close
   * after.
   */
  FAILED,
  /** Held, and closed because a newer attempt became ready (last-wins). */
  REPLACED,
  /** Closed or reset by the peer after it was connected, while the race was on. */
  EVICTED,
  /** Given up for another attempt (rule 4). */
  RETIRED,
  /** Still in progress when {@code racing-timeout} ran out. */
  TIMED_OUT
}
