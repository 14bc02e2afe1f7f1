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

  /** Whether a request goes out at {@code now}, which it does once. */
  boolean take(long now) {
    boolean rests = askedAt.isPresent() && now - askedAt.getAsLong() < INTERVAL_NANOS;
    if (!wanted || rests) {
      return false;
    }
    wanted = false;
    askedAt = OptionalLong.of(now);
    return true;
  }

  /** A request that was taken has nothing to be about: it waits for the track's next packet. */
  void postpone() {
    wanted = true;
    askedAt = OptionalLong.empty();
  }
}
