package dev.photofinish.camera;

/** The way in which a camera shows that nothing more of a recording comes. */
public enum RecordingEnd {
  /** RTCP BYE on every track (RFC 3550 section 6.6). */
  BYE,
  /** It sends nothing more, and answers. */
  SILENCE,
  /** It closes the connection. */
  CLOSE
}
