package dev.photofinish.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of an option's value: reads it from text, checks its range and says what is expected.
 *
 * @param <T> the value in Java
 */
public sealed interface OptionType<T extends @Nullable Object> {

  /** What a value may be, such as {@code a whole number from 1 to 16}, for errors and help. */
  String expected();

  /**
   * Reads a value; its range is {@link #check}ed apart, since values come from Java too.
   *
   * @param option for the error
   * @param expected what else the option may be belongs to it
   * @throws InvalidOptionException if the text is of another type
   */
  T parse(String option, String text, String expected);

  /**
   * Gives {@code value} back if it is in range.
   *
   * @throws InvalidOptionException if it is not
   */
  T check(String option, T value);

  /** Hands the type to the reader's method for it; a reader that lacks one does not compile. */
  <R> R describe(OptionTypeReader<R> reader);

  /** A constant of an enum, by its {@linkplain Option#word word}. */
  static <E extends Enum<E>> Words<E> words(Class<E> type) {
    return new Words<>(type);
  }

  /** On or off. */
  static OptionType<Boolean> toggle() {
    return Toggle.INSTANCE;
  }

  /** A whole number. */
  static WholeNumber integer(int min, int max) {
    return new WholeNumber(min, max, "a whole number from " + min + " to " + max);
  }

  /** A number, with a fraction or without. */
  static Decimal decimal(double min, double max) {
    return new Decimal(min, max, "a number from " + RangeText.of(min) + " to " + RangeText.of(max));
  }

  /** A duration, written with its unit. */
  static Time duration(Duration min, Duration max) {
    String range = "a duration from " + RangeText.of(min) + " to " + RangeText.of(max);
    return new Time(min, max, false, false, range);
  }

  /** A duration in whole milliseconds, of an option whose name ends in {@code -ms}. */
  static Time millis(Duration min, Duration max) {
    String range = "whole milliseconds from " + min.toMillis() + " to " + max.toMillis();
    return new Time(min, max, true, false, range);
  }

  /** Text that {@code parser}, which gets the option's name too, makes a value of. */
  static <T> Text<T> text(String expected, BiFunction<String, String, T> parser) {
    return new Text<>(expected, parser);
  }

  /** Text as it is. */
  static Text<String> text() {
    return text("a text", (option, text) -> text);
  }

  /** What {@code type} takes, or {@code word}, which stands for null. */
  static <T> OrWord<T> orWord(OptionType<T> type, String word) {
    return new OrWord<>(type, word, type.expected() + ", or " + word);
  }

  /** See {@link #words}. */
  record Words<E extends Enum<E>>(Class<E> type) implements OptionType<E> {
    public List<String> words() {
      return Arrays.stream(type.getEnumConstants()).map(Option::word).toList();
    }

    @Override
    public String expected() {
      return words().stream().collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public E parse(String option, String text, String expected) {
      return Option.parseWord(option, text, type, expected);
    }

    @Override
    public E check(String option, E value) {
      return value;
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.words(this);
    }
  }

  /** See {@link #toggle}. */
  enum Toggle implements OptionType<Boolean> {
    INSTANCE;

    @Override
    public String expected() {
      return "on or off";
    }

    @Override
    public Boolean parse(String option, String text, String expected) {
      return Option.parseSwitch(option, text);
    }

    @Override
    public Boolean check(String option, Boolean value) {
      return value;
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.toggle();
    }
  }

  /** See {@link #integer}. */
  record WholeNumber(int min, int max, String expected) implements OptionType<Integer> {
    /** In other words, where some of the values need an explanation. */
    public WholeNumber expecting(String words) {
      return new WholeNumber(min, max, words);
    }

    @Override
    public Integer parse(String option, String text, String expected) {
      return Option.parseInt(option, text, expected);
    }

    @Override
    public Integer check(String option, Integer value) {
      return Option.checkRange(option, value, min, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.integer(this);
    }
  }

  /** A whole number that may be larger than an {@code int}. */
  record LongNumber(long min, long max, String expected) implements OptionType<Long> {
    @Override
    public Long parse(String option, String text, String expected) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new InvalidOptionException(option, text, expected);
      }
    }

    @Override
    public Long check(String option, Long value) {
      return Option.checkRange(option, value, min, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.longInteger(this);
    }
  }

  /** See {@link #decimal}. */
  record Decimal(double min, double max, String expected) implements OptionType<Double> {
    @Override
    public Double parse(String option, String text, String expected) {
      return Option.parseDouble(option, text, expected);
    }

    @Override
    public Double check(String option, Double value) {
      return Option.checkRange(option, value, min, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.decimal(this);
    }
  }

  /**
   * See {@link #duration} and {@link #millis}.
   *
   * @param inMillis whether it is written as a number of milliseconds, without a unit
   * @param allowsZero whether zero is allowed beside the range
   */
  record Time(Duration min, Duration max, boolean inMillis, boolean allowsZero, String expected)
      implements OptionType<Duration> {
    /** In other words, where the range depends on another option. */
    public Time expecting(String words) {
      return new Time(min, max, inMillis, allowsZero, words);
    }

    /** Zero stands for no limit. */
    public Time orZero() {
      return new Time(min, max, inMillis, true, "0 or " + expected);
    }

    @Override
    public Duration parse(String option, String text, String expected) {
      return inMillis
          ? Option.parseMillis(option, text, expected)
          : Option.parseDuration(option, text, expected);
    }

    @Override
    public Duration check(String option, Duration value) {
      return allowsZero && value.isZero() ? value : check(option, value, min);
    }

    /** With another least value, which depends on another option. */
    public Duration check(String option, Duration value, Duration least) {
      return Option.checkRange(option, value, least, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.duration(this);
    }
  }

  /** See {@link #text}. */
  record Text<T>(String expected, BiFunction<String, String, T> parser) implements OptionType<T> {
    @Override
    public T parse(String option, String text, String expected) {
      return parser.apply(option, text);
    }

    @Override
    public T check(String option, T value) {
      return value;
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.text(this);
    }
  }

  /** See {@link #orWord}. */
  record OrWord<T>(OptionType<T> type, String word, String expected)
      implements OptionType<@Nullable T> {
    /** In other words, where the word needs an explanation. */
    public OrWord<T> expecting(String words) {
      return new OrWord<>(type, word, words);
    }

    @Override
    public @Nullable T parse(String option, String text, String expected) {
      return text.equals(word) ? null : type.parse(option, text, expected);
    }

    @Override
    public @Nullable T check(String option, @Nullable T value) {
      return value == null ? null : type.check(option, value);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.orWord(this);
    }
  }
}
