package dev.photofinish.media;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Names of files by wall-clock time: {@code %Y} year, {@code %m} month, {@code %d} day, {@code %H}
 * hour, {@code %M} minute, {@code %S} second, {@code %z} offset from UTC, {@code %s} seconds since
 * 1970, {@code %%} a percent sign; {@code /} parts folders.
 *
 * <p>Where clocks go back, the hour that comes again is {@code 02b}: so names are in the order of
 * time in the night in which summer time ends, too.
 *
 * <p>Nothing else than a plain relative path is taken, because a camera's name may be in it:
 * letters, digits, spaces and {@code -_.+=@,()~}, no element that begins or ends with a dot or a
 * space.
 */
final class FileNamePattern {
  private static final int MOST_LENGTH = 200;
  private static final int MOST_SHOWN = 80;

  /** Sorts behind every separator and digit that may follow the hour that was first. */
  private static final String AGAIN = "b";

  private static final String PLAIN = "-_.+=@,()~ ";
  private static final Map<Character, DateTimeFormatter> FIELDS =
      Map.of(
          'Y', format("uuuu"),
          'm', format("MM"),
          'd', format("dd"),
          'H', format("HH"),
          'M', format("mm"),
          'S', format("ss"),
          'z', format("xx"));

  private final String pattern;

  /**
   * @throws IllegalArgumentException where it is not one; says what to change
   */
  FileNamePattern(String pattern) {
    this.pattern = pattern;
    check(at(Instant.EPOCH, ZoneId.of("UTC")));
  }

  private static DateTimeFormatter format(String letters) {
    return DateTimeFormatter.ofPattern(letters, Locale.ROOT);
  }

  /** The name at that time, without an extension. */
  String at(Instant time, ZoneId zone) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        i++;
        name.append(field(i < pattern.length() ? pattern.charAt(i) : ' ', time, zone));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }

  private String field(char letter, Instant time, ZoneId zone) {
    DateTimeFormatter format = FIELDS.get(letter);
    if (format != null) {
      ZonedDateTime local = time.atZone(zone);
      return format.format(local) + (letter == 'H' && isAgain(local) ? AGAIN : "");
    }
    return switch (letter) {
      case 's' -> String.valueOf(time.getEpochSecond());
      case '%' -> "%";
      default ->
          throw new IllegalArgumentException(
              "the pattern "
                  + shown(pattern)
                  + " has a % without one of Y, m, d, H, M, S, z, s and % behind it");
    };
  }

  /** Whether clocks have shown that time before, and were set back. */
  private static boolean isAgain(ZonedDateTime local) {
    return !local.withEarlierOffsetAtOverlap().getOffset().equals(local.getOffset());
  }

  /**
   * @throws IllegalArgumentException where a name is no plain relative path
   */
  static void check(String name) {
    if (name.length() > MOST_LENGTH) {
      throw new IllegalArgumentException(
          "the name " + shown(name) + " is longer than " + MOST_LENGTH + " characters");
    }
    for (String element : name.split("/", -1)) {
      if (!isPlain(element)) {
        throw new IllegalArgumentException(
            "the name "
                + shown(name)
                + " is no plain relative path: each part must consist of letters, digits and "
                + PLAIN
                + "and begin and end with neither a dot nor a space");
      }
    }
  }

  private static boolean isPlain(String element) {
    return !element.isEmpty()
        && !isEdge(element.charAt(0))
        && !isEdge(element.charAt(element.length() - 1))
        && element
            .codePoints()
            .allMatch(c -> Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0 || c == '%');
  }

  private static boolean isEdge(char c) {
    return c == '.' || c == ' ';
  }

  /** In quotes, what is not printable as an escape, cut. */
  static String shown(String text) {
    return Json.quoted(text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text);
  }
}
