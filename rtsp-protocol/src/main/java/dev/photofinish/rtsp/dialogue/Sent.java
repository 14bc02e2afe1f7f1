package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspResponse;

/**
 * A request that waits for its answer.
 *
 * @param authorized whether it carried credentials
 * @param requires whether it required a feature of the camera (RFC 2326 section 12.32)
 * @param datagrams whether it is a SETUP of media that come beside the connection
 */
record Sent(
    int cseq,
    Method method,
    String uri,
    boolean authorized,
    boolean requires,
    boolean datagrams,
    long at) {

  /** Tells requests of a dialogue apart, on this connection as on the next. */
  String point() {
    if (method.equals(Method.SETUP)) {
      return settingUp(uri, datagrams);
    }
    return requires && method.equals(Method.DESCRIBE) ? requiring(method) : method.toString();
  }

  /** The point of a SETUP: what one transport ends the connection at may go by another. */
  static String settingUp(String uri, boolean datagrams) {
    return Method.SETUP + " " + uri + (datagrams ? " by datagrams" : "");
  }

  /** The point of a request of {@code method} that requires a feature. */
  static String requiring(Method method) {
    return method + " with Require";
  }

  /** Human-readable: {@code 404 Not Found to SETUP rtsp://192.0.2.1/track1 (CSeq 3)}. */
  String answeredBy(RtspResponse response) {
    String reason = response.reason().isEmpty() ? "" : " " + Excerpt.show(response.reason());
    return response.status() + reason + " to " + this;
  }

  /** Human-readable: {@code SETUP rtsp://192.0.2.1/track1 (CSeq 3)}. */
  @Override
  public String toString() {
    return method + " " + Excerpt.show(uri) + " (CSeq " + cseq + ")";
  }
}
