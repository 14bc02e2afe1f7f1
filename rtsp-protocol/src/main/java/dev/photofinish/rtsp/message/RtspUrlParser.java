package dev.photofinish.rtsp.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads an absolute RTSP URL. */
final class RtspUrlParser {
  /** The plain ones first; {@code h} is GStreamer's for an HTTP tunnel. */
  private static final List<String> SCHEMES =
      List.of("rtsp://", "rtsph://", "rtsps://", "rtspsh://");

  private static final int FIRST_SECURE = 2;
  private static final int HIGHEST_PORT = 65535;

  private RtspUrlParser() {}

  static RtspUrl parse(String text) throws RtspFormatException {
    String url = encodeSpaces(text.trim());
    String scheme = scheme(url);
    if (scheme.isEmpty()) {
      throw malformed(text, "rtsp://host[:port]/path or rtsps://...");
    }
    int end = authorityEnd(url, scheme.length());
    int host = url.lastIndexOf('@', end - 1) + 1;
    boolean named = host > scheme.length();
    String authority = url.substring(Math.max(host, scheme.length()), end);
    int port = portIndex(authority);
    String name = authority.substring(0, port);
    if (!isHost(name) || !isPort(authority, port)) {
      throw malformed(text, expected(url, end));
    }
    return new RtspUrl(
        SCHEMES.indexOf(scheme) >= FIRST_SECURE,
        scheme.endsWith("h://"),
        named
            ? Optional.of(credentials(url.substring(scheme.length(), host - 1)))
            : Optional.empty(),
        name.startsWith("[") ? withPlainZone(name.substring(1, name.length() - 1)) : name,
        port(authority.substring(Math.min(port + 1, authority.length())), text),
        url.substring(end));
  }

  private static String scheme(String url) {
    for (String scheme : SCHEMES) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme;
      }
    }
    return "";
  }

  private static int authorityEnd(String url, int from) {
    int end = from;
    while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
      end++;
    }
    return end;
  }

  /** Where the colon before the port is; the end if there is none. */
  private static int portIndex(String authority) {
    int colon = authority.indexOf(':', authority.startsWith("[") ? authority.indexOf(']') + 1 : 0);
    return colon < 0 ? authority.length() : colon;
  }

  private static boolean isPort(String authority, int colon) {
    return authority
        .substring(Math.min(colon + 1, authority.length()))
        .chars()
        .allMatch(TextScanner::isDigit);
  }

  private static boolean isHost(String name) {
    if (!name.startsWith("[")) {
      return !name.isEmpty() && name.chars().allMatch(RtspUrlParser::isOfName);
    }
    var scanner = new TextScanner(name.substring(1));
    boolean address =
        !scanner.run(c -> TextScanner.isHexDigit(c) || c == ':' || c == '.').isEmpty();
    boolean zone = !scanner.take('%') || !scanner.run(RtspUrlParser::isOfName).isEmpty();
    return address && zone && scanner.take(']') && scanner.isAtEnd();
  }

  private static boolean isOfName(int c) {
    return Character.isLetterOrDigit(c) || "-._~%!$&'()*+,;=".indexOf(c) >= 0;
  }

  private static String withPlainZone(String address) {
    int zone = address.indexOf("%25");
    return zone < 0
        ? address
        : address.substring(0, zone) + "%" + address.substring(zone + "%25".length());
  }

  /** What is wrong where an {@code @} comes too late is a character of the password. */
  private static String expected(String url, int authorityEnd) {
    return url.indexOf('@', authorityEnd) < 0
        ? "a host and perhaps a port after rtsp://"
        : "a '?' or '/' in the password to be written %3F or %2F, or the password to be given apart"
            + " from the URL (--password)";
  }

  private static OptionalInt port(String digits, String text) throws RtspFormatException {
    if (digits.isEmpty()) {
      return OptionalInt.empty();
    }
    OptionalLong port = Syntax.unsigned(digits, HIGHEST_PORT);
    if (port.orElse(0) == 0) {
      throw malformed(text, "a port from 1 to 65535");
    }
    return OptionalInt.of((int) port.getAsLong());
  }

  private static Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Credentials(decode(userInfo), "")
        : new Credentials(
            decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  /** Percent-decoded UTF-8; a percent sign that encodes nothing stays. */
  static String decode(String text) {
    var bytes = new ByteArrayOutputStream();
    int plain = 0;
    for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', Math.max(at + 1, plain))) {
      if (at + 2 < text.length()
          && TextScanner.isHexDigit(text.charAt(at + 1))
          && TextScanner.isHexDigit(text.charAt(at + 2))) {
        bytes.writeBytes(text.substring(plain, at).getBytes(StandardCharsets.UTF_8));
        bytes.write(Integer.parseInt(text.substring(at + 1, at + 3), 16));
        plain = at + 3;
      }
    }
    bytes.writeBytes(text.substring(plain).getBytes(StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What cannot stand in a request line, percent-encoded. */
  static String encodeSpaces(String text) {
    var encoded = new StringBuilder();
    text.chars().forEach(c -> encoded.append(isWritable(c) ? String.valueOf((char) c) : hex(c)));
    return encoded.toString();
  }

  private static boolean isWritable(int c) {
    return c > ' ' && c != 0x7f;
  }

  private static String hex(int c) {
    return String.format("%%%02X", c);
  }

  private static RtspFormatException malformed(String text, String expected) {
    return new RtspFormatException("URL", shown(text), expected);
  }

  /**
   * Nothing before the last {@code @}: whatever stands there may be a password. So may what stands
   * in place of a port where there is no {@code @}.
   */
  static String shown(String text) {
    String scheme = scheme(text.trim());
    int host = text.lastIndexOf('@');
    if (host >= 0) {
      return (scheme.isEmpty() ? anyScheme(text.trim()) : scheme) + "***" + text.substring(host);
    }
    String rest = text.trim().substring(scheme.length());
    int port = rest.startsWith("[") ? -1 : rest.indexOf(':');
    boolean number =
        port < 0 || rest.substring(port + 1).chars().limit(1).allMatch(TextScanner::isDigit);
    return scheme.isEmpty() || number ? text : scheme + rest.substring(0, port) + ":***";
  }

  /** That of another protocol, which says what is wrong. */
  private static String anyScheme(String text) {
    int end = Math.max(0, text.indexOf("://"));
    boolean letters = text.chars().limit(end).allMatch(Character::isLetter);
    return end > 0 && letters ? text.substring(0, end) + "://" : "";
  }
}
