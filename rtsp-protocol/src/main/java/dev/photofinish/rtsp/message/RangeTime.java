package dev.photofinish.rtsp.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A point of time as a Range header writes it (RFC 2326 sections 3.5 to 3.7), in nanoseconds: of
 * play time with {@code npt} and {@code smpte}, since 1970 with {@code clock}.
 */
final class RangeTime {
  private static final long SECOND = 1_000_000_000L;

  /** RFC 2326 section 3.5: of {@code smpte} without a rate. */
  private static final int FRAME_RATE = 30;

  private static final int MOST_DIGITS = 9;

  /** So far below zero that no other part of a time makes up for it. */
  private static final long NOT_A_NUMBER = -1_000_000_000_000_000L;

  /** The longest time in a long of nanoseconds, with room for a fraction. */
  private static final long MOST_SECONDS = Long.MAX_VALUE / SECOND - 1;

  private RangeTime() {}

  /** Empty for {@code now}, and for what is no time or more than a long can hold. */
  static OptionalLong nanos(String unit, String text) {
    return switch (unit) {
      case "npt" -> playTime(text);
      case "clock" -> clockTime(text);
      default -> smpteTime(unit, text);
    };
  }

  /** As {@link #nanos} reads it: to the millisecond before, with {@code smpte} to the second. */
  static String text(String unit, long nanos) {
    return switch (unit) {
      case "npt" -> String.format(Locale.ROOT, "%d.%03d", nanos / SECOND, millis(nanos));
      case "clock" -> clockText(nanos);
      default -> smpteText(nanos / SECOND);
    };
  }

  private static long millis(long nanos) {
    return Math.floorMod(nanos, SECOND) / 1_000_000;
  }

  // ---- Normal play time

  private static OptionalLong playTime(String text) {
    var scanner = new TextScanner(text);
    long seconds = number(scanner);
    if (scanner.take(':')) {
      seconds = 3600 * seconds + 60 * number(scanner);
      seconds += scanner.take(':') ? number(scanner) : NOT_A_NUMBER;
    }
    return time(seconds, scanner);
  }

  /** With the fraction that may follow. */
  private static OptionalLong time(long seconds, TextScanner scanner) {
    long fraction = scanner.take('.') ? fraction(scanner) : 0;
    return !isTime(seconds) || !scanner.isAtEnd()
        ? OptionalLong.empty()
        : OptionalLong.of(seconds * SECOND + fraction);
  }

  private static boolean isTime(long seconds) {
    return seconds >= 0 && seconds <= MOST_SECONDS;
  }

  /** A number of a few digits. */
  private static long number(TextScanner scanner) {
    String digits = scanner.run(TextScanner::isDigit);
    return digits.isEmpty() || digits.length() > MOST_DIGITS
        ? NOT_A_NUMBER
        : Long.parseLong(digits);
  }

  private static long fraction(TextScanner scanner) {
    String digits = scanner.run(TextScanner::isDigit);
    String nanos = (digits + "000000000").substring(0, MOST_DIGITS);
    return Long.parseLong(nanos);
  }

  // ---- Clock

  private static OptionalLong clockTime(String text) {
    var scanner = new TextScanner(text);
    String date = scanner.run(TextScanner::isDigit);
    boolean both = scanner.take('T');
    String time = scanner.run(TextScanner::isDigit);
    if (!both || date.length() != 8 || time.length() != 6) {
      return OptionalLong.empty();
    }
    long fraction = scanner.take('.') ? fraction(scanner) : 0;
    try {
      long seconds = seconds(Integer.parseInt(date), Integer.parseInt(time));
      return scanner.take('Z') && scanner.isAtEnd()
          ? OptionalLong.of(Math.addExact(Math.multiplyExact(seconds, SECOND), fraction))
          : OptionalLong.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static long seconds(int date, int time) {
    return LocalDateTime.of(
            date / 10000, date / 100 % 100, date % 100, time / 10000, time / 100 % 100, time % 100)
        .toEpochSecond(ZoneOffset.UTC);
  }

  private static String clockText(long nanos) {
    var at = Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND)).atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%04d%02d%02dT%02d%02d%02d.%03dZ",
        at.getYear(),
        at.getMonthValue(),
        at.getDayOfMonth(),
        at.getHour(),
        at.getMinute(),
        at.getSecond(),
        millis(nanos));
  }

  // ---- SMPTE

  /** Drop frame, too, follows the clock to within two frames. */
  private static OptionalLong smpteTime(String unit, String text) {
    var scanner = new TextScanner(text);
    long hours = number(scanner);
    boolean whole = scanner.take(':');
    long minutes = number(scanner);
    whole &= scanner.take(':');
    long seconds = 3600 * hours + 60 * minutes + number(scanner);
    long frames = scanner.take(':') ? number(scanner) : 0;
    if (scanner.take('.')) {
      scanner.run(TextScanner::isDigit);
    }
    return whole && isTime(seconds) && frames >= 0 && scanner.isAtEnd()
        ? OptionalLong.of(seconds * SECOND + frames * SECOND / frameRate(unit))
        : OptionalLong.empty();
  }

  private static int frameRate(String unit) {
    var scanner = new TextScanner(unit);
    scanner.run(c -> !TextScanner.isDigit(c));
    int rate = Syntax.unsigned(scanner.run(TextScanner::isDigit)).orElse(FRAME_RATE);
    return rate == 0 ? FRAME_RATE : rate;
  }

  private static String smpteText(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
