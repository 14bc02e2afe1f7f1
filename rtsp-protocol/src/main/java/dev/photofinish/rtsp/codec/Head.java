package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Header;
import dev.photofinish.rtsp.message.HeaderNames;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Received;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspLimitException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The lines of a message before its body, collected one at a time.
 *
 * <p>A start line that cannot be used is found out at the end only: by then the CSeq is known and
 * the body's length too, so that the error names the one and the stream goes on after the other.
 */
final class Head {
  private final RtspLimits limits;
  private final long offset;
  private final String startLine;
  private final List<Header> headers = new ArrayList<>();
  private int lines;

  Head(RtspLimits limits, long offset, String startLine) {
    this.limits = limits;
    this.offset = offset;
    this.startLine = startLine;
  }

  /**
   * Takes a header line; a line that begins with white space goes on with the header before. A line
   * that is no header is skipped.
   */
  void add(String line, long lineOffset) throws RtspLimitException {
    lines++;
    if (lines > limits.headerCount()) {
      throw new RtspLimitException(
          "headerCount", limits.headerCount() + " header lines", line, lineOffset, cseq());
    }
    boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
    if (folded && !headers.isEmpty()) {
      fold(line, lineOffset);
    } else {
      header(line).ifPresent(headers::add);
    }
  }

  private void fold(String line, long lineOffset) throws RtspLimitException {
    int last = headers.size() - 1;
    Header begun = headers.get(last);
    String value = (begun.value() + " " + line.trim()).trim();
    if (value.length() > limits.headerLine()) {
      throw tooLong(begun.toString(), lineOffset);
    }
    header(begun.name(), value).ifPresent(folded -> headers.set(last, folded));
  }

  RtspLimitException tooLong(String line, long lineOffset) {
    return new RtspLimitException(
        "headerLine", limits.headerLine() + " bytes", line, lineOffset, cseq());
  }

  private static Optional<Header> header(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    return header(line.substring(0, colon).trim(), line.substring(colon + 1).trim());
  }

  /** Empty for a name or a value that cannot stand in a header, such as one with a lone CR. */
  private static Optional<Header> header(String name, String value) {
    try {
      return Optional.of(new Header(name, value));
    } catch (IllegalArgumentException e) {
      // A line to skip.
      return Optional.empty();
    }
  }

  long offset() {
    return offset;
  }

  /**
   * The body's length by Content-Length; empty if there is none, whatever the Content-Type says.
   *
   * @throws RtspFormatException if it is no number
   */
  OptionalInt contentLength() throws RtspFormatException {
    Optional<String> value = headers().first(HeaderNames.CONTENT_LENGTH);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    if (!isDecimal(value.get(), 18)) {
      throw new RtspFormatException("Content-Length header", value.get(), "a number of bytes")
          .at(offset, cseq());
    }
    long length = Long.parseLong(value.get());
    if (length > limits.body()) {
      String seen = "Content-Length: " + length;
      throw new RtspLimitException("body", limits.body() + " bytes", seen, offset, cseq());
    }
    return OptionalInt.of((int) length);
  }

  /** Whether an SDP is announced, so that one may follow even without a Content-Length. */
  boolean announcesSdp() {
    return headers()
        .first(HeaderNames.CONTENT_TYPE)
        .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/sdp"))
        .isPresent();
  }

  private Headers headers() {
    return new Headers(headers);
  }

  OptionalInt cseq() {
    return headers()
        .first(HeaderNames.CSEQ)
        .filter(value -> isDecimal(value, 9))
        .map(value -> OptionalInt.of(Integer.parseInt(value)))
        .orElse(OptionalInt.empty());
  }

  private static boolean isDecimal(String text, int mostDigits) {
    return !text.isEmpty()
        && text.length() <= mostDigits
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The whole message. */
  Received finish(Body body) throws RtspFormatException {
    try {
      return new Received(
          StartLine.parse(startLine, cseq().isPresent()).message(headers(), body), offset);
    } catch (RtspFormatException e) {
      throw e.at(offset, cseq());
    }
  }

  /** The error for a message that another one, or the connection's end, cut short. */
  RtspFormatException truncated(String by, String missing) {
    return new RtspFormatException("message cut short by " + by, startLine, missing)
        .at(offset, cseq());
  }
}
