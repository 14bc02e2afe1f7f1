package dev.photofinish.rtsp.transport;

import java.util.concurrent.TimeUnit;

/**
 * The grace that a camera has when our event loop was late. A loop that was busy beyond a deadline
 * could not see what came meanwhile, so that silence until then is no evidence: what has arrived is
 * read first, for as long as the loop was late and at most {@value #MOST_MILLIS} ms. Once: after
 * that, everything was looked at.
 */
final class LateLoop {
  /** Later than this is more than the usual grain of a loop's timers. */
  static final int LATE_MILLIS = 20;

  static final int MOST_MILLIS = 250;

  private static final long LATE = TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS);
  private static final long MOST = TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);

  private boolean waiting;

  /**
   * Takes note of a timer that fired.
   *
   * @param late how many nanoseconds after its deadline
   * @return for how long to wait before anything is concluded; 0 for not at all
   */
  long grace(long late) {
    waiting = !waiting && late >= LATE;
    return waiting ? Math.min(late, MOST) : 0;
  }

  /** Whether the grace lasts, so that no deadline is due. */
  boolean isWaiting() {
    return waiting;
  }
}
