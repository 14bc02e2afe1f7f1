package dev.photofinish.rtsp.dialogue.server;

/** Writes the SDP of a served stream (RFC 4566, RFC 2326 appendix C). */
public final class SessionDescriptionWriter {
  private SessionDescriptionWriter() {}

  /**
   * The SDP text.
   *
   * @param session the number of the {@code o=} line, 0 or more
   */
  public static String write(ServedStream stream, long session) {
    throw new UnsupportedOperationException();
  }
}
