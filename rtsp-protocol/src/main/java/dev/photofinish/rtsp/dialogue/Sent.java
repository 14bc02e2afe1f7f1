package dev.photofinish.rtsp.dialogue;

import dev.photofinish.rtsp.message.Excerpt;
import dev.photofinish.rtsp.message.Method;

/**
 * A request that waits for its answer.
 *
 * @param authorized whether it carried credentials
 */
record Sent(int cseq, Method method, String uri, boolean authorized, long at) {

  /** Tells requests of a dialogue apart, on this connection as on the next. */
  String point() {
    return method.equals(Method.SETUP) ? method + " " + uri : method.toString();
  }

  /** Human-readable: {@code SETUP rtsp://192.0.2.1/track1 (CSeq 3)}. */
  @Override
  public String toString() {
    return method + " " + Excerpt.show(uri) + " (CSeq " + cseq + ")";
  }
}
