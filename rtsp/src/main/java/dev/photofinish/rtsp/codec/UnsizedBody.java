package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.RtspLimitException;
import java.io.ByteArrayOutputStream;
import java.util.regex.Pattern;

/**
 * An SDP that follows a message without a Content-Length.
 *
 * <p>RFC 2326 section 12.14 says that there is no body then, and some cameras send one. It ends
 * where a line is no SDP line, where the connection ends, or when the peer is quiet for a while.
 */
final class UnsizedBody {
  private static final Pattern LINE_START = Pattern.compile("\\r?|[a-z]=?");

  private final RtspLimits limits;
  private final Head head;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  UnsizedBody(RtspLimits limits, Head head) {
    this.limits = limits;
    this.head = head;
  }

  /** Takes the SDP lines that are there; true if the next line is none. */
  boolean isEndedBy(Input in) throws RtspLimitException {
    int length = in.lineLength();
    while (length >= 0 && looksLikeSdp(in, length)) {
      take(in, length + 1);
      length = in.lineLength();
    }
    return in.length() > 0 && !looksLikeSdp(in, in.length());
  }

  private static boolean looksLikeSdp(Input in, int length) {
    return LINE_START.matcher(in.peek(Math.min(length, 2))).matches();
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
    if (in.length() > 0 && looksLikeSdp(in, in.length())) {
      take(in, in.length());
    }
    return Body.of(bytes.toByteArray());
  }
}
