package dev.photofinish.cli.record;

import dev.photofinish.option.InvalidOptionException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The bounds of a recording, in age and size.
 *
 * @param age after which a file is removed; zero for never
 * @param bytes of all files together, the oldest are removed beyond; 0 for no limit
 */
public record Retention(Duration age, long bytes) {
  public static final Retention ALL = new Retention(Duration.ZERO, 0);
  public static final String EXPECTED =
      "an age such as 7d or 12h (s, m, h, d), a size such as 100GB (kB, MB, GB, TB), both with a"
          + " comma, or all";

  private static final Map<String, Duration> AGES =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "min", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Map<String, Long> SIZES =
      Map.of("kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L, "tb", 1_000_000_000_000L);
  private static final int MOST_DIGITS = 6;

  public static Retention parse(String option, String text) {
    if (text.equals("all")) {
      return ALL;
    }
    Duration age = Duration.ZERO;
    long bytes = 0;
    for (String part : text.split(",", 3)) {
      int digits = digits(part.strip());
      String unit = part.strip().substring(digits).strip().toLowerCase(Locale.ROOT);
      long number =
          digits == 0 || digits > MOST_DIGITS ? 0 : Long.parseLong(part.strip(), 0, digits, 10);
      if (number > 0 && AGES.containsKey(unit) && age.isZero()) {
        age = AGES.getOrDefault(unit, Duration.ZERO).multipliedBy(number);
      } else if (number > 0 && SIZES.containsKey(unit) && bytes == 0) {
        bytes = SIZES.getOrDefault(unit, 0L) * number;
      } else {
        throw new InvalidOptionException(option, text, EXPECTED);
      }
    }
    return new Retention(age, bytes);
  }

  private static int digits(String text) {
    int count = 0;
    while (count < text.length() && text.charAt(count) >= '0' && text.charAt(count) <= '9') {
      count++;
    }
    return count;
  }
}
