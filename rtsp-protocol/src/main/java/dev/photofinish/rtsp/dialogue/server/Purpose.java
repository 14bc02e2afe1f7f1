package dev.photofinish.rtsp.dialogue.server;

/** The use of a stream that {@link Access} is asked about. */
public enum Purpose {
  READ,
  /** To send it by ANNOUNCE and RECORD. Whether it is one that is published is not asked. */
  PUBLISH,
  /**
   * To send audio to its camera, of anyone who may read it. Whether the camera takes any is not
   * asked.
   */
  TALK
}
