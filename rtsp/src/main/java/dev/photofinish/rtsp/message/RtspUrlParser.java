package dev.photofinish.rtsp.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an absolute RTSP URL. */
final class RtspUrlParser {
  private static final Pattern URL =
      Pattern.compile("(?is)(rtsps?)://(?:([^/?]*)@)?([^/?@]*)([/?].*)?");
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[^\\]]+)?)\\]|([^:\\[\\]\\s]+))(?::([0-9]*))?");
  private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
  private static final int HIGHEST_PORT = 65535;

  private RtspUrlParser() {}

  static RtspUrl parse(String text) throws RtspFormatException {
    Matcher url = URL.matcher(encodeSpaces(text.trim()));
    if (!url.matches()) {
      throw malformed(text, "rtsp://host[:port]/path or rtsps://...");
    }
    Matcher authority = AUTHORITY.matcher(url.group(3));
    if (!authority.matches()) {
      throw malformed(text, "a host and perhaps a port after rtsp://");
    }
    return new RtspUrl(
        url.group(1).toLowerCase(Locale.ROOT).equals("rtsps"),
        Optional.ofNullable(url.group(2)).map(RtspUrlParser::credentials),
        host(authority),
        port(Optional.ofNullable(authority.group(3)).orElse(""), text),
        Optional.ofNullable(url.group(4)).orElse(""));
  }

  private static String host(Matcher authority) {
    String name = authority.group(2);
    return name == null ? authority.group(1).replaceFirst("%25", "%") : name;
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
  private static String decode(String text) {
    var bytes = new ByteArrayOutputStream();
    Matcher encoded = ENCODED.matcher(text);
    int end = 0;
    while (encoded.find()) {
      bytes.writeBytes(text.substring(end, encoded.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(Integer.parseInt(encoded.group(1), 16));
      end = encoded.end();
    }
    bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
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
    return new RtspFormatException("URL", text, expected);
  }
}
