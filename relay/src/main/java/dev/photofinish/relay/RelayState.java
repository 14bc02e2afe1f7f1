package dev.photofinish.relay;

/** The state of a {@link RelayedCamera}. */
public enum RelayState {
  /** Nobody reads it, and it is connected only while someone does; or nobody published it yet. */
  IDLE,
  /** It was never seen; the first connection is on its way, or the first publisher waited for. */
  CONNECTING,
  /** Pictures come; of a camera without video, packets. */
  PLAYING,
  /** It is connected, but its pictures, or its packets, stay away. */
  STALLED,
  /** It was seen and is not connected: its readers wait. */
  AWAY,
  /** Its stream gave up. */
  FAILED;

  /** Whether nothing comes of what was there. */
  boolean isGap() {
    return this == STALLED || this == AWAY || this == FAILED;
  }
}
