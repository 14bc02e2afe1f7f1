package dev.photofinish.rtsp.client;

/** The state of a {@link CameraStream}. */
public enum CameraState {
  /** The first race, or the dialogue of its winner. */
  CONNECTING,
  /** Media flows. */
  PLAYING,
  /** Connected: the camera answers, but sends no media. */
  STALLED,
  /**
   * Paused by the caller: the camera sends nothing until {@link CameraStream#resume}. A connection
   * that is lost meanwhile is not replaced before.
   */
  PAUSED,
  /** Waiting or racing after a drop. */
  RECONNECTING,
  /** All of the recording was played; the stream never leaves this state. */
  ENDED,
  /** Gave up; the stream never leaves this state. */
  FAILED,
  /** Closed by the caller; the stream never leaves this state. */
  CLOSED;

  /** Whether the stream is over. */
  public boolean isFinal() {
    return this == ENDED || this == FAILED || this == CLOSED;
  }
}
