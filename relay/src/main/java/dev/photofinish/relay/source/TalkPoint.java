package dev.photofinish.relay.source;

import dev.photofinish.rtsp.client.MediaStream;

/**
 * The back channel of a source's camera. One talker at a time is heard: the first whose audio
 * comes, until none of it came for 2 s or it left. Every method may be called from any thread.
 */
public interface TalkPoint {
  /** The audio that the camera takes. */
  MediaStream media();

  /**
   * Begins to talk. The camera is kept connected until it ends.
   *
   * @param talker human-readable, such as {@code 192.0.2.7:51234}
   */
  Talk open(String talker);
}
