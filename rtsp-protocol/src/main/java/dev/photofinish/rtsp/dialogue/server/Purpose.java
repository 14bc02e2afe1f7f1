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
  TALK;

  /** Why a session ends whose user had this right. */
  String revoked() {
    return switch (this) {
      case READ -> "the right to view it was revoked";
      case PUBLISH -> "the right to publish it was revoked";
      case TALK -> "the right to talk to it was revoked";
    };
  }
}
