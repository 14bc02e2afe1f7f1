package dev.photofinish.option;

import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One named option of a builder {@code B}, settable from text.
 *
 * @param name as the contract spells it
 * @param defaultValue as text
 * @param description one line: what it does, its unit and range
 * @param type of its value
 * @param setter takes the text, without blanks around it
 */
public record Option<B>(
    String name,
    String defaultValue,
    String description,
    OptionType<?> type,
    BiConsumer<B, String> setter) {

  private static final Pattern DURATION = Pattern.compile("(-?\\d{1,12}) ?(ms|s|m|min|h)");

  /** An option whose text is read and checked by {@code type} before {@code setter} gets it. */
  public static <B, T extends @Nullable Object> Option<B> of(
      String name,
      String defaultValue,
      String description,
      OptionType<T> type,
      BiConsumer<B, T> setter) {
    return new Option<>(
        name,
        defaultValue,
        description,
        type,
        (builder, text) -> setter.accept(builder, type.read(name, text, type.expected())));
  }

  /** Sets it on {@code builder}. */
  public void set(B builder, String text) {
    setter.accept(builder, text.strip());
  }

  /**
   * The word that stands for {@code constant} in options, logs and JSON: {@code FIRST_WINS} is
   * {@code first-wins}.
   */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant of {@code type} whose word is {@code value}. */
  public static <E extends Enum<E>> E parseWord(String option, String value, Class<E> type) {
    return parseWord(option, value, type, OptionType.words(type).expected());
  }

  static <E extends Enum<E>> E parseWord(
      String option, String value, Class<E> type, String expected) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(value.toLowerCase(Locale.ROOT))) {
        return constant;
      }
    }
    throw new InvalidOptionException(option, value, expected);
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
