package dev.photofinish.race;

import java.time.Duration;

/**
 * The rule by which a closed connection shows that its device takes few clients: the device closed
 * it within 100 ms of a newer connection of ours, so it made room for that one. Times are
 * nanoseconds of one ticker, compared by subtraction.
 */
public final class Eviction {
  /** A device closes the older connection within this time of the newer one. */
  public static final Duration WINDOW = Duration.ofMillis(100);

  private static final long NANOS = WINDOW.toNanos();

  private Eviction() {}

  /**
   * Whether a connection that the device closed at {@code closedAt} made room for one that was
   * established before that, at {@code newerConnectedAt}. The caller knows that the latter is the
   * newer one.
   */
  public static boolean isEvidence(long closedAt, long newerConnectedAt) {
    return isEvidence(closedAt, newerConnectedAt, newerConnectedAt);
  }

  /**
   * The same where one thread sees the close and another the newer connection, each at its own
   * time, so that the close may be seen first: it counts from the dial of the newer one on.
   *
   * @param newerDialledAt when the newer connection was dialled, {@code newerConnectedAt} at the
   *     latest
   */
  public static boolean isEvidence(long closedAt, long newerDialledAt, long newerConnectedAt) {
    return closedAt - newerDialledAt >= 0 && Math.abs(closedAt - newerConnectedAt) <= NANOS;
  }
}
