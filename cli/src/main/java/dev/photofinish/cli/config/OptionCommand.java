package dev.photofinish.cli.config;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command whose options come from flags, a configuration file and the environment. */
public abstract class OptionCommand implements Callable<Integer> {
  private final CliContext context;
  private final List<OptionSection> sections;

  @Mixin private final CommonFlags common = new CommonFlags();
  @Mixin private final OptionSources sources;

  /**
   * A command that has not read its options.
   *
   * @param known gives the options of all commands
   * @param sections its own options, as its help has them
   */
  protected OptionCommand(
      CliContext context, Supplier<Set<String>> known, List<OptionSection> sections) {
    this.context = context;
    this.sources = new OptionSources(known);
    this.sections = sections;
  }

  public final CommandLine commandLine() {
    CommandLine line = new CommandLine(this);
    sources.addFlags(line.getCommandSpec(), sections);
    return line;
  }

  @Override
  public final Integer call() throws InterruptedException, IOException {
    common.apply();
    return run(config());
  }

  /**
   * Does the work; returns the exit code.
   *
   * @param config the file given, or an empty one
   */
  protected abstract int run(Config config) throws InterruptedException, IOException;

  protected final CliContext context() {
    return context;
  }

  protected final boolean isJson() {
    return common.json;
  }

  /** The configuration file given; null for none. */
  protected final @Nullable Path configFile() {
    return sources.file();
  }

  /** Reads the configuration file again. */
  protected final Config config() {
    return sources.config(OptionSources.names(forAll()));
  }

  /** The options that no section of a file may have, since they hold for all cameras together. */
  protected Stream<OptionSection> forAll() {
    return Cameras.FOR_ALL.stream();
  }

  /**
   * The values that hold.
   *
   * @param camera the section of {@code config} that is meant, or null for none
   */
  protected final Settings settings(Config config, @Nullable String camera) {
    return sources.settings(config, camera, context.environment());
  }
}
