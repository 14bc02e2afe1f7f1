package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.RtspFormatException;

/** The reason for which there is no session with a peer that speaks something other than RTSP. */
final class OtherProtocol {
  private static final String HTTP = "\"HTTP/";
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_MAJOR = 3;

  private OtherProtocol() {}

  /** Whether the message that cannot be read is one of HTTP. */
  static boolean isHttp(RtspFormatException wrong) {
    return wrong.where().equals("start line") && wrong.seen().startsWith(HTTP);
  }

  /**
   * The reason, with what the owner of the camera may do.
   *
   * @param remote that sent the message
   */
  static EndReason http(String remote, RtspFormatException wrong) {
    return end(
        remote
            + " speaks HTTP, not RTSP (sent "
            + wrong.seen()
            + "): it may be the camera's web page; RTSP has a port of its own, mostly 554");
  }

  /**
   * The reason, with what the owner of the camera may do.
   *
   * @param remote that sent it
   * @param seen what came in place of the first answer, and is no message
   */
  static EndReason stray(String remote, String seen) {
    return isTls(seen)
        ? end(remote + " speaks TLS: the URL has to begin with rtsps://")
        : end(
            remote
                + " does not speak RTSP (sent "
                + Excerpt.of(seen)
                + "): it may not be the camera's port for RTSP");
  }

  private static EndReason end(String reason) {
    return new EndReason(EndReason.Kind.NOT_RTSP, reason);
  }

  /** A record of TLS (RFC 8446 section 5.1): its type, and the version that all of them have. */
  private static boolean isTls(String seen) {
    return seen.length() > 1
        && (seen.charAt(0) == TLS_ALERT || seen.charAt(0) == TLS_HANDSHAKE)
        && seen.charAt(1) == TLS_MAJOR;
  }
}
