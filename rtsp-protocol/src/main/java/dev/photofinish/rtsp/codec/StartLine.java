package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.Body;
import dev.photofinish.rtsp.message.Headers;
import dev.photofinish.rtsp.message.Method;
import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspMessage;
import dev.photofinish.rtsp.message.RtspRequest;
import dev.photofinish.rtsp.message.RtspResponse;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request line or a status line (RFC 2326 sections 6.1 and 7.1).
 *
 * <p>Any version 1.x or 2.x passes; the reason phrase may be missing. A method is in capitals, as
 * all methods are: that tells it from text which has lost its beginning. The parts are separated by
 * spaces and tabs. A line with any other control character is no start line, except in a reason
 * phrase: what counts of an answer is its status (RFC 2326 section 7.1.1: "The client is not
 * required to examine or display the Reason-Phrase"). Each test reads the line once.
 */
@FunctionalInterface
interface StartLine {
  String VERSION = "RTSP/";
  String HTTP = "HTTP/";
  int VERSION_LENGTH = "RTSP/1.0".length();
  int STATUS_LENGTH = 3;
  Set<String> KNOWN_METHODS =
      Method.KNOWN.stream().map(Method::name).collect(Collectors.toUnmodifiableSet());

  /** The message that begins with this line. */
  RtspMessage message(Headers headers, Body body);

  /** Whether a line in sync begins a message, even if one that cannot be used. */
  static boolean begins(String line) {
    return line.regionMatches(true, 0, VERSION, 0, VERSION.length())
        || line.startsWith(HTTP)
        || request(line) != null
        || isOfKnownMethod(line);
  }

  /** Whether a line among headers is none of them but begins the next message. */
  static boolean interrupts(String line) {
    return status(line) != null || (request(line) != null && isOfKnownMethod(line));
  }

  /**
   * Reads a line.
   *
   * @param numbered whether the message has a CSeq, as none of a web server has: then {@code
   *     HTTP/1.0 200 OK} is what a camera writes that has one server for both
   */
  static StartLine parse(String line, boolean numbered) throws RtspFormatException {
    StartLine status = numbered && line.startsWith(HTTP) ? status(line, HTTP) : status(line);
    StartLine parsed = status == null ? request(line) : status;
    if (parsed == null) {
      throw new RtspFormatException(
          "start line", line, "RTSP/1.0 <status> <reason> or <method> <url> RTSP/1.0");
    }
    return parsed;
  }

  /** Whether the text begins with a status, whatever reason phrase comes behind it. */
  static boolean isStatus(String line) {
    return status(line) != null;
  }

  private static @Nullable StartLine status(String line) {
    return status(line, VERSION);
  }

  private static @Nullable StartLine status(String line, String protocol) {
    if (!line.regionMatches(true, 0, protocol, 0, protocol.length()) || !isVersion(line, 0)) {
      return null;
    }
    int code = skipSpace(line, VERSION_LENGTH);
    int end = code + STATUS_LENGTH;
    boolean digits =
        code > VERSION_LENGTH && line.length() >= end && isCode(line.substring(code, end));
    if (!digits || (line.length() > end && !isSpace(line.charAt(end)))) {
      return null;
    }
    int status = Integer.parseInt(line.substring(code, end));
    String reason = line.substring(end).trim().replace('\r', ' ');
    return (headers, body) -> new RtspResponse(status, reason, headers, body);
  }

  private static boolean isCode(String digits) {
    return digits.charAt(0) != '0' && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable StartLine request(String line) {
    int methodEnd = methodEnd(line);
    int uri = skipSpace(line, methodEnd);
    int uriEnd = uri;
    while (uriEnd < line.length() && line.charAt(uriEnd) > ' ' && line.charAt(uriEnd) != 0x7f) {
      uriEnd++;
    }
    int version = skipSpace(line, uriEnd);
    boolean complete =
        methodEnd > 0
            && uri > methodEnd
            && uriEnd > uri
            && version > uriEnd
            && line.length() == version + VERSION_LENGTH
            && line.startsWith(VERSION, version)
            && isVersion(line, version);
    if (!complete) {
      return null;
    }
    Method method = new Method(line.substring(0, methodEnd));
    String target = line.substring(uri, uriEnd);
    String number = line.substring(version + VERSION.length());
    return (headers, body) -> new RtspRequest(method, target, headers, body, number);
  }

  private static boolean isOfKnownMethod(String line) {
    int end = methodEnd(line);
    return end < line.length()
        && isSpace(line.charAt(end))
        && KNOWN_METHODS.contains(line.substring(0, end))
        && line.indexOf(VERSION, end + 1) > 0;
  }

  /** Where the method that a line begins with ends; 0 if it begins with none. */
  private static int methodEnd(String line) {
    int end = 0;
    while (end < line.length() && isOfMethod(line.charAt(end), end == 0)) {
      end++;
    }
    return end;
  }

  /** Whether {@code c} may be part of a method's name. */
  static boolean isOfMethod(char c, boolean first) {
    boolean letter = c >= 'A' && c <= 'Z';
    return letter || (!first && ((c >= '0' && c <= '9') || c == '_' || c == '-'));
  }

  /** Version 1.x or 2.x at {@code index}, behind its name. */
  private static boolean isVersion(String line, int index) {
    int major = index + VERSION.length();
    return line.length() >= index + VERSION_LENGTH
        && (line.charAt(major) == '1' || line.charAt(major) == '2')
        && line.charAt(major + 1) == '.'
        && line.charAt(major + 2) >= '0'
        && line.charAt(major + 2) <= '9';
  }

  private static int skipSpace(String line, int from) {
    int index = from;
    while (index < line.length() && isSpace(line.charAt(index))) {
      index++;
    }
    return index;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}
