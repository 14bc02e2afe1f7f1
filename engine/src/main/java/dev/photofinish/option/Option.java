package dev.photofinish.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One named option of a builder {@code B}, settable from text. The command line, configuration
 * files, environment variables and {@code Properties} all go through this table, so they accept the
 * same values and fail with the same words.
 *
 * @param name as the contract spells it
 * @param defaultValue in the text form that {@code setter} accepts
 * @param description one line: what it does, its unit and range
 */
public record Option<B>(
    String name, String defaultValue, String description, BiConsumer<B, String> setter) {

  private static final Pattern DURATION = Pattern.compile("(-?\\d{1,12}) ?(ms|s|m|min|h)");

  /** Sets every entry of {@code values}; keys and values are taken by their string form. */
  public static <B> B setAll(B builder, List<Option<B>> options, Map<?, ?> values) {
    values.forEach(
        (name, value) -> set(builder, options, String.valueOf(name), String.valueOf(value)));
    return builder;
  }

  /** Sets the option called {@code name}; a name that is not in {@code options} is an error. */
  public static <B> void set(B builder, List<Option<B>> options, String name, String value) {
    for (Option<B> option : options) {
      if (option.name.equals(name)) {
        option.setter.accept(builder, value.strip());
        return;
      }
    }
    throw new InvalidOptionException(
        name,
        value,
        "one of " + options.stream().map(Option::name).collect(Collectors.joining(", ")));
  }

  /**
   * The word that stands for {@code constant} in options, logs and JSON: {@code FIRST_WINS} is
   * {@code first-wins}.
   */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static <E extends Enum<E>> E parseWord(String option, String value, Class<E> type) {
    E[] constants = type.getEnumConstants();
    for (E constant : constants) {
      if (word(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new InvalidOptionException(
        option,
        value,
        "one of " + Arrays.stream(constants).map(Option::word).collect(Collectors.joining(", ")));
  }

  /** {@code on}, {@code off}, {@code true} or {@code false}. */
  public static boolean parseSwitch(String option, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new InvalidOptionException(option, value, "on or off");
    };
  }

  public static int parseInt(String option, String value, String expected) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InvalidOptionException(option, value, expected);
    }
  }

  public static double parseDouble(String option, String value, String expected) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new InvalidOptionException(option, value, expected);
    }
  }

  /**
   * A whole number with a unit ({@code ms}, {@code s}, {@code m} or {@code min}, {@code h}); {@code
   * 0} needs none.
   */
  public static Duration parseDuration(String option, String value, String expected) {
    if (value.equals("0")) {
      return Duration.ZERO;
    }
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw new InvalidOptionException(
          option, value, expected + " with a unit, such as 500ms or 5s");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  /** Whole milliseconds, as in options whose name ends in {@code -ms}. */
  public static Duration parseMillis(String option, String value, String expected) {
    return Duration.ofMillis(parseInt(option, value, expected));
  }

  public static <T extends Comparable<T>> T checkRange(
      String option, T value, T min, T max, String expected) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new InvalidOptionException(option, shown(value), expected);
    }
    return value;
  }

  private static Object shown(Object value) {
    return value instanceof Duration duration ? duration.toMillis() + " ms" : value;
  }
}
