package dev.photofinish.rtsp.message;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * The Range header (RFC 2326 section 12.29): {@code npt=0.000-}, {@code clock=...-...}. Played
 * backwards, a range ends before it starts.
 *
 * @param unit npt, clock, smpte or one of its variants, in lower case
 * @param start as written; empty for {@code npt=-10}
 * @param end as written; empty for an open end
 * @param time when the operation shall take effect, as written
 */
public record RangeHeader(String unit, String start, String end, Optional<String> time) {
  private static final String PLAY_TIME = "npt";
  private static final String CLOCK = "clock";

  /** All of it: of a recording from its beginning, of what is live from now on. */
  public static RangeHeader fromStart() {
    return from(Duration.ZERO);
  }

  /** What is live, from now on (normal play time, RFC 2326 section 3.6). */
  public static RangeHeader fromNow() {
    return new RangeHeader(PLAY_TIME, "now", "", Optional.empty());
  }

  /** From a time after the beginning to the end (normal play time, RFC 2326 section 3.6). */
  public static RangeHeader from(Duration start) {
    return new RangeHeader(PLAY_TIME, text(start), "", Optional.empty());
  }

  /** Between two times after the beginning (normal play time, RFC 2326 section 3.6). */
  public static RangeHeader between(Duration start, Duration end) {
    return new RangeHeader(PLAY_TIME, text(start), text(end), Optional.empty());
  }

  /** From a time of day to the end (absolute time, RFC 2326 section 3.7). */
  public static RangeHeader from(Instant start) {
    return new RangeHeader(CLOCK, text(start), "", Optional.empty());
  }

  /** Between two times of day (absolute time, RFC 2326 section 3.7). */
  public static RangeHeader between(Instant start, Instant end) {
    return new RangeHeader(CLOCK, text(start), text(end), Optional.empty());
  }

  private static String text(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("Expected a time from 0, not " + time);
    }
    return RangeTime.text(PLAY_TIME, time.toNanos());
  }

  private static String text(Instant time) {
    return RangeTime.text(CLOCK, ChronoUnit.NANOS.between(Instant.EPOCH, time));
  }

  // ---- Times

  /**
   * The start in nanoseconds: of play time with npt and smpte, since 1970 with clock; empty for an
   * open start and {@code now}.
   */
  public OptionalLong startNanos() {
    return RangeTime.nanos(unit, start);
  }

  /** The end, as {@link #startNanos}; empty for an open one and {@code now}. */
  public OptionalLong endNanos() {
    return RangeTime.nanos(unit, end);
  }

  /**
   * The same range, begun elsewhere.
   *
   * @param nanos as {@link #startNanos} counts, written to the millisecond before, with smpte to
   *     the second before
   */
  public RangeHeader startingAt(long nanos) {
    return new RangeHeader(unit, RangeTime.text(unit, nanos), end, Optional.empty());
  }

  // ---- Text

  /**
   * Reads the value.
   *
   * @throws RtspFormatException if it is no range of normal play time, SMPTE or the clock
   */
  public static RangeHeader parse(String value) throws RtspFormatException {
    String trimmed = value.trim();
    int semicolon = trimmed.indexOf(';');
    String range = semicolon < 0 ? trimmed : trimmed.substring(0, semicolon);
    int equals = range.indexOf('=');
    int dash = range.indexOf('-', Math.max(0, equals));
    if (equals < 0 || dash < 0) {
      throw malformed(value);
    }
    String unit = range.substring(0, equals).trim();
    String start = range.substring(equals + 1, dash).trim();
    String end = range.substring(dash + 1).trim();
    if (!isRange(unit, start, end)) {
      throw malformed(value);
    }
    return new RangeHeader(
        unit,
        start,
        end,
        semicolon < 0 ? Optional.empty() : time(trimmed.substring(semicolon + 1)));
  }

  private static boolean isRange(String unit, String start, String end) {
    Predicate<String> time =
        unit.equals(PLAY_TIME)
            ? RangeHeader::isPlayTime
            : unit.equals(CLOCK) ? RangeHeader::isClockTime : RangeHeader::isSmpteTime;
    boolean known = unit.equals(PLAY_TIME) || unit.equals(CLOCK) || isSmpte(unit);
    boolean openStart = start.isEmpty() && unit.equals(PLAY_TIME) && !end.isEmpty();
    return known && (openStart || time.test(start)) && (end.isEmpty() || time.test(end));
  }

  private static boolean isSmpte(String unit) {
    return unit.equals("smpte")
        || (unit.startsWith("smpte-")
            && unit.length() > "smpte-".length()
            && unit.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || TextScanner.isDigit(c) || c == '-'));
  }

  private static boolean isPlayTime(String text) {
    var scanner = new TextScanner(text);
    boolean number = !scanner.run(TextScanner::isDigit).isEmpty();
    if (number && scanner.take(':')) {
      number = isSexagesimal(scanner) && scanner.take(':') && isSexagesimal(scanner);
    }
    if (scanner.take('.')) {
      scanner.run(TextScanner::isDigit);
    }
    return text.equals("now") || (number && scanner.isAtEnd());
  }

  private static boolean isSexagesimal(TextScanner scanner) {
    String digits = scanner.run(TextScanner::isDigit);
    return digits.length() == 1 || (digits.length() == 2 && digits.charAt(0) <= '5');
  }

  private static boolean isSmpteTime(String text) {
    var scanner = new TextScanner(text);
    boolean time =
        isTwoDigits(scanner)
            && scanner.take(':')
            && isTwoDigits(scanner)
            && scanner.take(':')
            && isTwoDigits(scanner);
    if (time && scanner.take(':')) {
      time = isTwoDigits(scanner) && (!scanner.take('.') || isTwoDigits(scanner));
    }
    return time && scanner.isAtEnd();
  }

  private static boolean isTwoDigits(TextScanner scanner) {
    int digits = scanner.run(TextScanner::isDigit).length();
    return digits == 1 || digits == 2;
  }

  private static boolean isClockTime(String text) {
    var scanner = new TextScanner(text);
    return scanner.run(TextScanner::isDigit).length() == 8
        && scanner.take('T')
        && scanner.run(TextScanner::isDigit).length() == 6
        && (!scanner.take('.') || !scanner.run(TextScanner::isDigit).isEmpty())
        && scanner.take('Z')
        && scanner.isAtEnd();
  }

  private static RtspFormatException malformed(String value) {
    return new RtspFormatException("Range header", value, "a range, for example npt=0.000-");
  }

  private static Optional<String> time(String parameters) {
    return Parameter.parseAll(parameters, ';').stream()
        .filter(parameter -> parameter.is("time"))
        .findFirst()
        .flatMap(Parameter::value);
  }

  /** The header's value. */
  @Override
  public String toString() {
    return unit + "=" + start + "-" + end + time.map(at -> ";time=" + at).orElse("");
  }
}
