package dev.photofinish.rtp;

/** A packet that is not RTP or RTCP of version 2, or whose parts do not fit into it (RFC 3550). */
public final class RtpFormatException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param where the kind of packet, such as {@code RTCP packet}
   * @param seen what it has
   * @param expected what would have been right
   */
  RtpFormatException(String where, String seen, String expected) {
    super(where + ": saw \"" + seen + "\", expected " + expected);
  }
}
