package dev.photofinish.rtsp.transport;

import java.util.OptionalLong;

/**
 * The times at which a track's key frame is asked for: at most once a second. What is wanted within
 * a second after is one request, at its end; what cannot be asked for yet stays wanted.
 */
final class KeyFrameSchedule {
  private static final long INTERVAL_NANOS = 1_000_000_000L;

  private boolean wanted;
  private OptionalLong askedAt = OptionalLong.empty();

  void request() {
    wanted = true;
  }

  /** Whether a request has to go out, now or later. */
  boolean isWanted() {
    return wanted;
  }

  /** Nothing is asked for any more. */
  void stop() {
    wanted = false;
  }

  /** When a request is due that may not go out yet. */
  OptionalLong deadline() {
    return wanted && askedAt.isPresent()
        ? OptionalLong.of(askedAt.getAsLong() + INTERVAL_NANOS)
        : OptionalLong.empty();
  }

  /** Whether a request is wanted at {@code now}, and may go out. */
  boolean isDue(long now) {
    return wanted && (askedAt.isEmpty() || now - askedAt.getAsLong() >= INTERVAL_NANOS);
  }

  /** A request that was due went out. */
  void asked(long now) {
    wanted = false;
    askedAt = OptionalLong.of(now);
  }

  /** A request that was due has nothing to be about: it waits for the track's next packet. */
  void postponed() {
    askedAt = OptionalLong.empty();
  }
}
