package dev.photofinish.rtsp.stream;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a stream that asks to dial a device.
 *
 * @param places how many of its attempts may be connected at one time; 0 if it may not dial
 * @param delay come back after so many nanoseconds; 0 for no such advice
 * @param ownFirst whether the stream's own old session is what has the place
 * @param reason human-readable, with what is known of the device; null when nothing is
 */
public record Admission(int places, long delay, boolean ownFirst, @Nullable String reason) {
  /** As {@code max-connected-attempts}: no limit of its own. */
  public static final int ALL = 16;

  /** No limit is known. */
  public static final Admission FREE = new Admission(ALL, 0, false, null);

  /** Dial, with at most {@code places} attempts connected. */
  public static Admission limited(int places, String reason) {
    return new Admission(places, 0, false, reason);
  }

  /** Come back after {@code delay} nanoseconds. */
  public static Admission later(long delay, boolean ownFirst, String reason) {
    return new Admission(0, delay, ownFirst, reason);
  }

  /** Other streams have the places. */
  public static Admission refused(String reason) {
    return new Admission(0, 0, false, reason);
  }

  /** Of two answers that both hold, the one that allows less. */
  public Admission stricter(Admission other) {
    if (places != other.places) {
      return places < other.places ? this : other;
    }
    return delay >= other.delay ? this : other;
  }
}
