package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request line or a status line (RFC 2326 sections 6.1 and 7.1).
 *
 * <p>Any version 1.x or 2.x passes; the reason phrase may be missing. A method is in capitals, as
 * all methods are: that tells it from text which has lost its beginning.
 */
@FunctionalInterface
interface StartLine {
  Pattern STATUS = Pattern.compile("(?i)RTSP/[12]\\.[0-9]\\s+([1-9][0-9]{2})(?:\\s+(.*))?");
  Pattern REQUEST =
      Pattern.compile("([A-Z][A-Z0-9_-]*)\\s+([^\\s\\x00-\\x1f\\x7f]+)\\s+RTSP/[12]\\.[0-9]");
  Pattern KNOWN_REQUEST = Pattern.compile("(" + knownMethods() + ")\\s+.*RTSP/.*");

  private static String knownMethods() {
    return String.join("|", Method.KNOWN.stream().map(Method::name).toList());
  }

  /** The message that begins with this line. */
  RtspMessage message(Headers headers, Body body);

  /** Whether a line in sync begins a message, even if one that cannot be used. */
  static boolean begins(String line) {
    return line.regionMatches(true, 0, "RTSP/", 0, 5)
        || line.startsWith("HTTP/")
        || REQUEST.matcher(line).matches()
        || KNOWN_REQUEST.matcher(line).matches();
  }

  /** Whether a line among headers is none of them but begins the next message. */
  static boolean interrupts(String line) {
    return STATUS.matcher(line).matches()
        || (REQUEST.matcher(line).matches() && KNOWN_REQUEST.matcher(line).matches());
  }

  static StartLine parse(String line) throws RtspFormatException {
    Matcher status = STATUS.matcher(line);
    if (status.matches()) {
      String reason = status.group(2) == null ? "" : status.group(2).trim();
      int code = Integer.parseInt(status.group(1));
      return (headers, body) -> new RtspResponse(code, reason, headers, body);
    }
    Matcher request = REQUEST.matcher(line);
    if (request.matches()) {
      var method = new Method(request.group(1));
      return (headers, body) -> new RtspRequest(method, request.group(2), headers, body);
    }
    throw new RtspFormatException(
        "start line", line, "RTSP/1.0 <status> <reason> or <method> <url> RTSP/1.0");
  }
}
