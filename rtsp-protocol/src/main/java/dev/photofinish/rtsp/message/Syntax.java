package dev.photofinish.rtsp.message;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The lexical pieces that header values share (RFC 2326 section 15.1). */
final class Syntax {
  private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";
  private static final int MOST_DIGITS = 18;

  private Syntax() {}

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Syntax::isTokenChar);
  }

  private static boolean isTokenChar(int c) {
    return c > ' ' && c < 0x7f && SEPARATORS.indexOf(c) < 0;
  }

  /** The parts between separators that stand outside of quotes, trimmed, empty ones left out. */
  static List<String> split(String text, char separator) {
    var parts = new ArrayList<String>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == separator && !quoted) {
        addTrimmed(parts, text.substring(start, i));
        start = i + 1;
      }
    }
    addTrimmed(parts, text.substring(start));
    return parts;
  }

  private static void addTrimmed(List<String> parts, String part) {
    String trimmed = part.trim();
    if (!trimmed.isEmpty()) {
      parts.add(trimmed);
    }
  }

  /** The text without its quotes and escapes; text without quotes stays as it is. */
  static String unquote(String text) {
    if (!text.startsWith("\"")) {
      return text;
    }
    boolean closed = text.length() > 1 && text.endsWith("\"");
    return unescape(text.substring(1, closed ? text.length() - 1 : text.length()));
  }

  private static String unescape(String text) {
    var plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
      plain.append(text.charAt(escape ? ++i : i));
    }
    return plain.toString();
  }

  static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** A number of 32 bits in hex digits; empty for anything else. */
  static OptionalLong hex(String text) {
    return TextScanner.consistsOf(text, 1, 8, TextScanner::isHexDigit)
        ? OptionalLong.of(Long.parseLong(text, 16))
        : OptionalLong.empty();
  }

  /** A number from 0 to 2^31-1; empty for anything else. */
  static OptionalInt unsigned(String text) {
    OptionalLong number = unsigned(text, Integer.MAX_VALUE);
    return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
  }

  /** A decimal number from 0 to the maximum; empty for anything else. */
  static OptionalLong unsigned(String text, long maximum) {
    if (!TextScanner.consistsOf(text, 1, MOST_DIGITS, TextScanner::isDigit)) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(text);
    return number <= maximum ? OptionalLong.of(number) : OptionalLong.empty();
  }
}
