package dev.photofinish.cli.config;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.OptionTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values that hold for one camera: a flag before the configuration file's section before its
 * top before the environment.
 */
public final class Settings {

  /** A value and the words that lead to its place, put before the option's own message. */
  private record Setting(String value, String place) {}

  private final Map<String, Setting> values = new LinkedHashMap<>();

  /**
   * @param camera the section of {@code config} that is meant, or null for none
   */
  public Settings(
      Map<String, String> flags,
      Config config,
      @Nullable String camera,
      Map<String, String> environment) {
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("PHOTOFINISH_")) {
            values.put(optionName(name), new Setting(value, "environment variable " + name + ": "));
          }
        });
    addAll(config.common(), entry -> config.place(null, entry));
    if (camera != null) {
      addAll(config.cameras().getOrDefault(camera, Map.of()), entry -> config.place(camera, entry));
    }
    addAll(flags, entry -> "--");
  }

  /** Of an environment alone. */
  public static Settings of(Map<String, String> environment) {
    return new Settings(Map.of(), Config.NONE, null, environment);
  }

  /** With {@code given} in place of what is set anywhere; it is its option's name that names it. */
  public Settings with(Map<String, String> given) {
    addAll(given, entry -> "");
    return this;
  }

  private void addAll(Map<String, String> source, UnaryOperator<String> place) {
    source.forEach((name, value) -> values.put(name, new Setting(value, place.apply(name))));
  }

  /** What is set of {@code options}, by their names. */
  public Map<String, String> texts(Set<String> options) {
    Map<String, String> texts = new TreeMap<>();
    options.forEach(name -> text(name).ifPresent(value -> texts.put(name, value)));
    return texts;
  }

  private static String optionName(String variable) {
    return variable.substring("PHOTOFINISH_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** With {@code defaults} for what is not set anywhere. */
  public Settings orElse(Map<String, String> defaults) {
    defaults.forEach((name, value) -> values.putIfAbsent(name, new Setting(value, "")));
    return this;
  }

  /** Builds with what is set of {@code table}; a wrong value is named with its place. */
  public <T extends @Nullable Object> T build(OptionTable<?, T> table) {
    return placing(() -> table.read(this::text));
  }

  /** What {@code build} makes of the text of options; a wrong value is named with its place. */
  public <T> T build(Function<Function<String, Optional<String>>, T> build) {
    return placing(() -> build.apply(this::text));
  }

  /** The same with a builder that holds more than options. */
  public <B, T> T build(B builder, OptionTable<B, ?> table, Function<B, T> build) {
    return placing(() -> build.apply(table.set(builder, this::text)));
  }

  private Optional<String> text(String option) {
    return Optional.ofNullable(values.get(option)).map(Setting::value);
  }

  private <T extends @Nullable Object> T placing(Supplier<T> build) {
    try {
      return build.get();
    } catch (InvalidOptionException e) {
      Setting setting = values.get(e.option());
      throw new UsageException((setting == null ? "" : setting.place()) + e.getMessage(), e);
    }
  }
}
