package dev.photofinish.cli.config;

import dev.photofinish.option.Option;
import dev.photofinish.option.OptionType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.TreeMap;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags of one command that come from option tables, and their text as given. The text is read
 * by the table, never by picocli, so that a flag, an entry of a configuration file and an
 * environment variable accept the same values and fail with the same words.
 */
public final class Flags {
  private final Map<String, String> given = new TreeMap<>();

  /** The flags that were given: option name to text. */
  public Map<String, String> given() {
    return given;
  }

  /** Adds a flag for each option of {@code section}, under its heading in the help. */
  public void add(CommandSpec spec, OptionSection section) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .validate(false)
            .heading("%n" + section.heading() + ":%n")
            .exclusive(false);
    section.options().forEach(option -> group.addArg(flag(option)));
    spec.addArgGroup(group.order(spec.argGroups().size()).build());
  }

  private OptionSpec flag(Option<?> option) {
    boolean isSwitch = isSwitch(option);
    OptionSpec.Builder flag =
        OptionSpec.builder("--" + option.name())
            .type(String.class)
            .arity(isSwitch ? "0..1" : "1")
            .fallbackValue(isSwitch ? "on" : "")
            .paramLabel(paramLabel(option))
            .description(description(option))
            .setter(setter(option.name()));
    return (isSwitch ? flag.preprocessor(Flags::keepNextWord) : flag).build();
  }

  private ISetter setter(String name) {
    return new ISetter() {
      @Override
      @SuppressWarnings("TypeParameterUnusedInFormals") // picocli's signature
      public <T> T set(T value) {
        if (value != null) {
          given.put(name, String.valueOf(value));
        }
        return value;
      }
    };
  }

  /** {@code --renewal URL}: the next word is the switch's value only if it can be one. */
  private static boolean keepNextWord(
      @SuppressWarnings("JdkObsolete") // picocli's signature
          Stack<String> words,
      CommandSpec command,
      ArgSpec flag,
      Map<String, Object> info) {
    boolean attached = "=".equals(info.get("separator"));
    if (!attached && (words.isEmpty() || !isSwitchValue(words.peek()))) {
      words.push("on");
    }
    return false;
  }

  private static boolean isSwitchValue(String word) {
    return List.of("on", "off", "true", "false").contains(word.toLowerCase(Locale.ROOT));
  }

  private static boolean isSwitch(Option<?> option) {
    boolean hasValue = option.type() instanceof OptionType.OrWord; // or off
    return !hasValue && isSwitchValue(option.defaultValue());
  }

  private static String paramLabel(Option<?> option) {
    if (isSwitch(option)) {
      return "on|off";
    }
    if (option.name().endsWith("-ms")) {
      return "MS";
    }
    String text = option.defaultValue();
    if (text.matches("\\d+ ?(ms|s|m|min|h)")) {
      return "DURATION";
    }
    return text.matches("-?\\d+") ? "N" : "VALUE";
  }

  private static String description(Option<?> option) {
    String standard =
        option.defaultValue().isEmpty() ? "" : " (default: " + option.defaultValue() + ")";
    return (option.description() + standard).replace("%", "%%");
  }
}
