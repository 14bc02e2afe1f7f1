package dev.photofinish.relay.rtsp;

import java.util.OptionalLong;

/** The time by which a request that has begun must be complete; so must be the first one. */
final class RequestWatch {
  private final long timeoutNanos;
  private boolean waiting = true;
  private long since;

  /**
   * @param now when the connection was accepted
   */
  RequestWatch(long timeoutNanos, long now) {
    this.timeoutNanos = timeoutNanos;
    this.since = now;
  }

  /** A request has begun, now or before. */
  void begun(long now) {
    if (!waiting) {
      waiting = true;
      since = now;
    }
  }

  /** The request that had begun is complete. */
  void complete() {
    waiting = false;
  }

  OptionalLong deadline() {
    return waiting ? OptionalLong.of(since + timeoutNanos) : OptionalLong.empty();
  }

  boolean isLate(long now) {
    return waiting && now - since >= timeoutNanos;
  }
}
