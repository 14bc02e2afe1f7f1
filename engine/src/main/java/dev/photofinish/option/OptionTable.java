package dev.photofinish.option;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A set of options: the builder that they set, each option, and what is built. The command line,
 * configuration files, environment variables and {@code Properties} all go through it, so they
 * accept the same values and fail with the same words.
 *
 * @param <B> the builder
 * @param <T> what is built
 */
public final class OptionTable<B, T extends @Nullable Object> implements Iterable<Option<B>> {
  private final Supplier<B> builder;
  private final Function<B, T> build;
  private final List<Option<B>> options;

  private OptionTable(Supplier<B> builder, Function<B, T> build, List<Option<B>> options) {
    this.builder = builder;
    this.build = build;
    this.options = options;
  }

  /**
   * A table of {@code options}, in the order in which they are shown.
   *
   * @param builder a new one, with the defaults
   * @param build checks what depends on several options
   */
  @SafeVarargs
  public static <B, T extends @Nullable Object> OptionTable<B, T> of(
      Supplier<B> builder, Function<B, T> build, Option<B>... options) {
    List<Option<B>> list = new ArrayList<>(options.length);
    for (Option<B> option : options) {
      list.add(option);
    }
    return of(builder, build, list);
  }

  /** The same, of options that are made from something else. */
  public static <B, T extends @Nullable Object> OptionTable<B, T> of(
      Supplier<B> builder, Function<B, T> build, List<Option<B>> options) {
    return new OptionTable<>(builder, build, List.copyOf(options));
  }

  /** Every option. */
  public List<Option<B>> options() {
    return options;
  }

  @Override
  public Iterator<Option<B>> iterator() {
    return options.iterator();
  }

  /**
   * The defaults changed by {@code values}: names of options and their text; keys and values are
   * taken by their string form.
   *
   * @throws InvalidOptionException if a name is not in the table or a value is not valid
   */
  public T read(Map<?, ?> values) {
    B built = builder.get();
    values.forEach((name, value) -> set(built, String.valueOf(name), String.valueOf(value)));
    return build.apply(built);
  }

  /**
   * The defaults changed by what {@code text} gives for the name of an option, empty for what is
   * not set.
   *
   * @throws InvalidOptionException if a value is not valid
   */
  public T read(Function<String, Optional<String>> text) {
    return build.apply(set(builder.get(), text));
  }

  /** Sets on {@code to} what {@code text} gives for the name of an option. */
  public B set(B to, Function<String, Optional<String>> text) {
    for (Option<B> option : options) {
      text.apply(option.name()).ifPresent(value -> option.set(to, value));
    }
    return to;
  }

  private void set(B to, String name, String value) {
    for (Option<B> option : options) {
      if (option.name().equals(name)) {
        option.set(to, value);
        return;
      }
    }
    throw new InvalidOptionException(
        name,
        value,
        "one of " + options.stream().map(Option::name).collect(Collectors.joining(", ")));
  }
}
