package dev.photofinish.cli.gst;

import static dev.photofinish.cli.gst.ElementProperties.field;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionType;
import dev.photofinish.option.OptionTypeReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the type of one option as GStreamer has it: words as an enum, durations in nanoseconds
 * unless the name ends in {@code -ms}, and {@code auto} of a number as the value below its range.
 */
final class PropertyWriter implements OptionTypeReader<PropertyInC> {
  private final Option<?> option;
  private final String defaultValue;

  PropertyWriter(Option<?> option) {
    this.option = option;
    this.defaultValue = option.defaultValue();
  }

  @Override
  public PropertyInC words(OptionType.Words<?> type) {
    return words(type.words());
  }

  private PropertyInC words(List<String> words) {
    String nicks =
        words.stream()
            .map(PropertyInC::quoted)
            .collect(Collectors.joining(", ", "(const char *const[]) {", ", NULL}"));
    return new PropertyInC(
        type("PF_ENUM")
            + field("enum_name", PropertyInC.quoted(typeName()))
            + field("nicks", nicks)
            + field("def", String.valueOf(words.indexOf(defaultValue))),
        "");
  }

  /** {@code connection-racing} is {@code PhotofinishConnectionRacing}. */
  private String typeName() {
    return Arrays.stream(option.name().split("-", -1))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining("", "Photofinish", ""));
  }

  @Override
  public PropertyInC toggle() {
    String on = Option.parseSwitch(option.name(), defaultValue) ? "1" : "0";
    return new PropertyInC(type("PF_BOOLEAN") + field("def", on), "");
  }

  @Override
  public PropertyInC integer(OptionType.WholeNumber type) {
    return number("PF_INT", type.min(), type.max(), Long.parseLong(defaultValue));
  }

  @Override
  public PropertyInC longInteger(OptionType.LongNumber type) {
    return number("PF_INT64", type.min(), type.max(), Long.parseLong(defaultValue));
  }

  @Override
  public PropertyInC decimal(OptionType.Decimal type) {
    return new PropertyInC(
        type("PF_DOUBLE")
            + field("fmin", String.valueOf(type.min()))
            + field("fmax", String.valueOf(type.max()))
            + field("fdef", String.valueOf(Double.parseDouble(defaultValue))),
        "");
  }

  @Override
  public PropertyInC duration(OptionType.Time type) {
    Duration min = type.allowsZero() ? Duration.ZERO : type.min();
    if (type.inMillis()) {
      return number("PF_INT", min.toMillis(), type.max().toMillis(), Long.parseLong(defaultValue));
    }
    Duration standard = Option.parseDuration(option.name(), defaultValue, type.expected());
    return new PropertyInC(
        number("PF_TIME", min.toNanos(), type.max().toNanos(), standard.toNanos()).fields(),
        "; in nanoseconds");
  }

  @Override
  public PropertyInC text(OptionType.Text<?> type) {
    return new PropertyInC(type("PF_STRING") + field("text", PropertyInC.quoted(defaultValue)), "");
  }

  @Override
  public PropertyInC orWord(OptionType.OrWord<?> type) {
    if (type.type() instanceof OptionType.Words<?> words) {
      List<String> all = new ArrayList<>(List.of(type.word()));
      all.addAll(words.words());
      return words(all);
    } else if (type.type() instanceof OptionType.WholeNumber number) {
      return numberOrWord(number.min(), number.max(), type.word());
    } else if (type.type() instanceof OptionType.Time time && time.inMillis()) {
      return numberOrWord(time.min().toMillis(), time.max().toMillis(), type.word());
    } else if (type.type() instanceof OptionType.Text<?> text) {
      return text(text);
    }
    throw new IllegalStateException(option.name() + ": a property has no such type: " + type);
  }

  private PropertyInC numberOrWord(long min, long max, String word) {
    long below = Math.min(min, 0) - 1;
    long standard = defaultValue.equals(word) ? below : Long.parseLong(defaultValue);
    return new PropertyInC(
        number("PF_INT", below, max, standard).fields()
            + field("word", PropertyInC.quoted(word))
            + field("word_value", String.valueOf(below)),
        "; " + below + " is " + word);
  }

  private static PropertyInC number(String type, long min, long max, long standard) {
    return new PropertyInC(
        type(type)
            + field("min", constant(min))
            + field("max", constant(max))
            + field("def", constant(standard)),
        "");
  }

  private static String constant(long value) {
    return value == (int) value ? String.valueOf(value) : "G_GINT64_CONSTANT (" + value + ")";
  }

  private static String type(String name) {
    return field("type", name);
  }
}
