package dev.photofinish.rtsp.message;

import java.util.function.IntPredicate;

/**
 * A position in a text, moved forward by the parsers of this package. No character is looked at
 * more often than a fixed number of times, so that the work on a peer's text is linear in its
 * length, whatever it holds.
 */
final class TextScanner {
  private final String text;
  private int at;

  TextScanner(String text) {
    this.text = text;
  }

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0b;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  /** Whether {@code text} has {@code min} to {@code max} characters, all of them {@code of}. */
  static boolean consistsOf(String text, int min, int max, IntPredicate of) {
    return text.length() >= min && text.length() <= max && text.chars().allMatch(of);
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** The longest run from here of characters that are {@code of}; may be empty. */
  String run(IntPredicate of) {
    int start = at;
    while (at < text.length() && of.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Skips white space; false if there is none. */
  boolean space() {
    return !run(TextScanner::isSpace).isEmpty();
  }

  /** Skips {@code c}; false if something else is next. */
  boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  /** What is left. */
  String rest() {
    String rest = text.substring(at);
    at = text.length();
    return rest;
  }
}
