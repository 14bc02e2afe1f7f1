package dev.photofinish.clientlimit;

import java.time.Duration;

/**
 * What was seen of a device that says something about how many clients it takes. Numbers of
 * connections are those that this host had to the device; what others have is never known.
 */
public sealed interface LimitEvidence {
  /**
   * The device closed or reset a race's winner.
   *
   * @param wonAt nanoseconds of the ticker
   */
  record WinnerClosed(long wonAt) implements LimitEvidence {}

  /**
   * A winner was still open 30 s after winning, or ended earlier for another reason than the
   * device's close: closes before it are not in a row with later ones.
   */
  record WinnerLasted() implements LimitEvidence {}

  /**
   * A connection was closed within 100 ms after a newer one was established.
   *
   * @param open connections at that moment, both of them included: 2 or more
   */
  record Evicted(int open) implements LimitEvidence {}

  /**
   * A connection was accepted and reset before anything was answered.
   *
   * @param others connections that were open beside it
   */
  record ResetAfterAccept(int others) implements LimitEvidence {}

  /**
   * A request was answered 453 or 503.
   *
   * @param retryAfter for how long the device asked to be left alone, zero if it did not say
   * @param others sessions that were open beside it
   */
  record AnsweredAtCapacity(int status, Duration retryAfter, int others) implements LimitEvidence {}

  /**
   * A connection was accepted and never answered while others were served.
   *
   * @param served how many: 1 or more
   */
  record NeverAnswered(int served) implements LimitEvidence {}

  /** So many connections brought media at the same time. */
  record Served(int together) implements LimitEvidence {}
}
