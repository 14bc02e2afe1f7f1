package dev.photofinish.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every command has. */
final class CommonFlags {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "TOML or YAML, one section a camera; a flag goes before it")
  @Nullable Path config;

  @Option(names = "--json", description = "JSON lines on standard output")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "log to standard error: -v what is decided, -vv how, -vvv everything")
  boolean[] verbose = {};

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  boolean help;
}
