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
   * Reads a value and checks it; null for the word of {@link OrWord}.
   *
   * @param option for the error
   * @param expected for the error: what else the option may be belongs to it
   * @throws InvalidOptionException if the text is of another type, or its value out of range
   */
  @Nullable T read(String option, String text, String expected);

  /**
   * Checks a value that comes from Java.
   *
   * @throws InvalidOptionException if it is out of range
   */
  void check(String option, T value);

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
    public E read(String option, String text, String expected) {
      return Option.parseWord(option, text, type, expected);
    }

    @Override
    public void check(String option, E value) {
      // every constant is valid
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
    public Boolean read(String option, String text, String expected) {
      return Option.parseSwitch(option, text);
    }

    @Override
    public void check(String option, Boolean value) {
      // both are valid
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
    public Integer read(String option, String text, String words) {
      return Option.checkRange(option, Option.parseInt(option, text, words), min, max, expected);
    }

    @Override
    public void check(String option, Integer value) {
      Option.checkRange(option, value, min, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.integer(this);
    }
  }

  /** A whole number that may be larger than an {@code int}. */
  record LongNumber(long min, long max, String expected) implements OptionType<Long> {
    @Override
    public Long read(String option, String text, String words) {
      try {
        return Option.checkRange(option, Long.valueOf(text), min, max, expected);
      } catch (NumberFormatException e) {
        throw new InvalidOptionException(option, text, words);
      }
    }

    @Override
    public void check(String option, Long value) {
      Option.checkRange(option, value, min, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.longInteger(this);
    }
  }

  /** See {@link #decimal}. */
  record Decimal(double min, double max, String expected) implements OptionType<Double> {
    @Override
    public Double read(String option, String text, String words) {
      return Option.checkRange(option, Option.parseDouble(option, text, words), min, max, expected);
    }

    @Override
    public void check(String option, Double value) {
      Option.checkRange(option, value, min, max, expected);
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
    public Duration read(String option, String text, String words) {
      Duration value =
          inMillis
              ? Option.parseMillis(option, text, words)
              : Option.parseDuration(option, text, words);
      check(option, value);
      return value;
    }

    @Override
    public void check(String option, Duration value) {
      if (!allowsZero || !value.isZero()) {
        check(option, value, min);
      }
    }

    /** With another least value, which depends on another option. */
    public void check(String option, Duration value, Duration least) {
      Option.checkRange(option, value, least, max, expected);
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.duration(this);
    }
  }

  /** See {@link #text}. */
  record Text<T>(String expected, BiFunction<String, String, T> parser) implements OptionType<T> {
    @Override
    public T read(String option, String text, String words) {
      return parser.apply(option, text);
    }

    @Override
    public void check(String option, T value) {
      // the parser has checked it
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
    public @Nullable T read(String option, String text, String words) {
      return text.equals(word) ? null : type.read(option, text, words);
    }

    @Override
    public void check(String option, @Nullable T value) {
      if (value != null) {
        type.check(option, value);
      }
    }

    @Override
    public <R> R describe(OptionTypeReader<R> reader) {
      return reader.orWord(this);
    }
  }
}
