package dev.photofinish.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The sources of a command's options: its flags, a configuration file, the environment. */
public final class OptionSources {
  private final Supplier<Set<String>> known;
  private final Flags flags = new Flags();

  @picocli.CommandLine.Option(
      names = "--config",
      paramLabel = "FILE",
      description = "TOML or YAML, one section a camera; a flag takes precedence")
  private @Nullable Path file;

  /**
   * Makes sources that hold nothing yet.
   *
   * @param known gives the options of all commands: a file may hold entries for another command
   */
  public OptionSources(Supplier<Set<String>> known) {
    this.known = known;
  }

  /** The names of the options of {@code sections}. */
  public static Set<String> names(Stream<OptionSection> sections) {
    Set<String> names = new TreeSet<>();
    sections.forEach(section -> section.options().forEach(option -> names.add(option.name())));
    return names;
  }

  /** Adds a flag for each option of {@code sections} to a command. */
  public void addFlags(CommandSpec command, List<OptionSection> sections) {
    sections.forEach(section -> flags.add(command, section));
  }

  /** The file given; null for none. */
  @Nullable Path file() {
    return file;
  }

  /**
   * Reads the file given, or gives an empty one.
   *
   * @param forAll the options that no camera can have of its own
   */
  public Config config(Set<String> forAll) {
    if (file == null) {
      return Config.NONE;
    }
    Config config = Config.read(file, known.get());
    forAll.forEach(config::refuseInSections);
    return config;
  }

  /**
   * Puts the values of all sources together.
   *
   * @param camera the section of {@code config} that holds, or null for none
   */
  public Settings settings(
      Config config, @Nullable String camera, Map<String, String> environment) {
    return new Settings(flags.given(), config, camera, environment);
  }
}
