package dev.photofinish.relay.web.hls;

import java.util.concurrent.TimeUnit;

/**
 * The durations that a playlist promises, and that must not change after it (RFC 8216 section
 * 4.3.3.1, draft-pantos-hls-rfc8216bis section 4.4.3.7).
 *
 * @param seconds the Target Duration
 * @param partNanos the Part Target Duration
 */
record Targets(long seconds, long partNanos) {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** As long as parts are to be, about. */
  private static final long PART = 300 * MILLI;

  /**
   * A part may be as long as the Part Target Duration, and not shorter than 85 % of it. Whole
   * frames are to be in the middle of that, since cameras do not keep their rate exactly.
   */
  private static final double MIDDLE = 0.925;

  private static final double LEAST = 0.85;

  /** Fewer parts would be for players that want to be near the present what segments are. */
  private static final int HOLD_BACK_PARTS = 3;

  /**
   * The targets of a stream.
   *
   * @param segmentNanos its longest segment so far
   * @param frameNanos from one picture to the next, on the average
   */
  static Targets of(long segmentNanos, long frameNanos) {
    long frame = Math.max(MILLI, frameNanos);
    long frames = Math.max(1, Math.round(PART / (double) frame));
    double part = frames * frame / MIDDLE;
    return new Targets(
        Math.max(1, Math.round(segmentNanos / (double) SECOND)),
        (long) Math.ceil(part / MILLI) * MILLI);
  }

  /** A segment may be as long, since durations are rounded to whole seconds. */
  long mostSegmentNanos() {
    return seconds * SECOND + SECOND / 3;
  }

  /** A part may end when it is as long; the last of a segment may be shorter. */
  long leastPartNanos() {
    return (long) Math.ceil(partNanos * LEAST);
  }

  /** PART-HOLD-BACK: how far behind the end of the playlist players should stay. */
  long holdBackNanos() {
    return HOLD_BACK_PARTS * partNanos;
  }

  /** Parts that a player may ask for beyond the last one (section 6.2.5.2). */
  long advancePartLimit() {
    return partNanos < SECOND ? (long) Math.ceil(3.0 * SECOND / partNanos) : 3;
  }

  /** Parts are listed up to this far from the playlist's end (section 6.2.2). */
  long partsListedNanos() {
    return 3 * seconds * SECOND;
  }

  /** A request that waits for more than so long is refused (section 6.2.5.2). */
  long mostWaitingSeconds() {
    return 3 * seconds;
  }
}
