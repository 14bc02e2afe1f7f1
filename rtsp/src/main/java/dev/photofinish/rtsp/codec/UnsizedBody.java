package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.RtspLimitException;
import java.io.ByteArrayOutputStream;

/**
 * An SDP that follows a message without a Content-Length.
 *
 * <p>RFC 2326 section 12.14 says that there is no body then, and some cameras send one. It ends
 * where a line is no SDP line, where the connection ends, or when the peer is quiet for a while.
 */
final class UnsizedBody {
  private final RtspLimits limits;
  private final Head head;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** How many bytes of the next line are there and hold no line feed. */
  private int searched;

  UnsizedBody(RtspLimits limits, Head head) {
    this.limits = limits;
    this.head = head;
  }

  /** Takes the SDP lines that are there; true if the next line is none. */
  boolean isEndedBy(Input in) throws RtspLimitException {
    int length = in.lineLength(searched);
    while (length >= 0 && looksLikeSdp(in, length)) {
      take(in, length + 1);
      searched = 0;
      length = in.lineLength();
    }
    boolean ended = in.length() > 0 && !looksLikeSdp(in, in.length());
    if (!ended && length < 0) {
      searched = in.length();
      checkSize(in.length());
    }
    return ended;
  }

  /** An empty line, or one that begins with a letter and, where there is more, {@code =}. */
  private static boolean looksLikeSdp(Input in, int length) {
    String start = in.peek(Math.min(length, 2));
    if (start.isEmpty() || start.equals("\r")) {
      return true;
    }
    boolean letter = start.charAt(0) >= 'a' && start.charAt(0) <= 'z';
    return letter && (start.length() == 1 || start.charAt(1) == '=');
  }

  private void checkSize(int more) throws RtspLimitException {
    if (bytes.size() + more > limits.body()) {
      String seen = "a body without Content-Length";
      throw new RtspLimitException(
          "body", limits.body() + " bytes", seen, head.offset(), head.cseq());
    }
  }

  private void take(Input in, int length) throws RtspLimitException {
    checkSize(length);
    byte[] taken = new byte[length];
    in.buffer().readBytes(taken);
    bytes.writeBytes(taken);
  }

  /** The body when no more comes: with the last line, which may have no end. */
  Body finish(Input in) throws RtspLimitException {
    if (in.length() > 0 && looksLikeSdp(in, in.length())) {
      take(in, in.length());
    }
    return Body.of(bytes.toByteArray());
  }
}
