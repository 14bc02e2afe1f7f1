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
  /** As many bytes of a line tell whether it is one of an SDP. */
  private static final int TELLING = 2;

  private final RtspLimits limits;
  private final Head head;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Whether the last line that was taken may go on. */
  private boolean withinLine;

  UnsizedBody(RtspLimits limits, Head head) {
    this.limits = limits;
    this.head = head;
  }

  /** Takes what is there of the SDP's lines; true if the next line is none of them. */
  boolean isEndedBy(Input in) throws RtspLimitException {
    while (in.length() > 0) {
      int length = in.lineLength();
      if (!withinLine && length < 0 && in.length() < TELLING) {
        return !looksLikeSdp(in, in.length());
      }
      if (!withinLine && !looksLikeSdp(in, length < 0 ? in.length() : length)) {
        return true;
      }
      withinLine = length < 0;
      take(in, length < 0 ? in.length() : length + 1);
    }
    return false;
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

  private void take(Input in, int length) throws RtspLimitException {
    if (bytes.size() + length > limits.body()) {
      String seen = "a body without Content-Length";
      throw new RtspLimitException(
          "body", limits.body() + " bytes", seen, head.offset(), head.cseq());
    }
    byte[] taken = new byte[length];
    in.buffer().readBytes(taken);
    bytes.writeBytes(taken);
  }

  /** The body when no more comes: with the last line, which may have no end. */
  Body finish(Input in) throws RtspLimitException {
    if (in.length() > 0 && (withinLine || looksLikeSdp(in, in.length()))) {
      take(in, in.length());
    }
    return Body.of(bytes.toByteArray());
  }
}
