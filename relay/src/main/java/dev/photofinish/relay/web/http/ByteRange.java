package dev.photofinish.relay.web.http;

import java.util.Optional;

/**
 * A part of a file (RFC 9110 section 14).
 *
 * @param from its first byte, from 0
 * @param length 0 or more
 */
public record ByteRange(long from, long length) {
  private static final String UNIT = "bytes=";
  private static final int MOST_DIGITS = 18;

  /**
   * The part that a Range field asks for: {@code bytes=5-9}, {@code bytes=5-} or {@code bytes=-5}.
   *
   * @return empty for what is no such field, or has several parts: it may be answered with all
   * @throws RefusedException where the file has no byte of it
   */
  static Optional<ByteRange> parse(String field, long size) {
    int dash = field.indexOf('-');
    if (!field.startsWith(UNIT) || dash < 0) {
      return Optional.empty();
    }
    String first = field.substring(UNIT.length(), dash).strip();
    String last = field.substring(dash + 1).strip();
    boolean isKnown = isNumber(first) && isNumber(last) && !(first.isEmpty() && last.isEmpty());
    if (!isKnown) {
      return Optional.empty();
    }
    long from = first.isEmpty() ? Math.max(0, size - Long.parseLong(last)) : Long.parseLong(first);
    long to = first.isEmpty() || last.isEmpty() ? size - 1 : Long.parseLong(last);
    if (!first.isEmpty() && to < from && !last.isEmpty()) {
      return Optional.empty();
    }
    to = Math.min(to, size - 1);
    if (from > to) {
      throw RefusedException.notSatisfiable(size);
    }
    return Optional.of(new ByteRange(from, to - from + 1));
  }

  private static boolean isNumber(String text) {
    return text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
