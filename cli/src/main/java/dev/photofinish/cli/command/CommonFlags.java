package dev.photofinish.cli.command;

import picocli.CommandLine.Option;

/** The flags that every command has. */
public final class CommonFlags {
  @Option(names = "--json", description = "JSON lines on standard output, logs on standard error")
  public boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "log to standard error: -v what is decided, -vv how, -vvv everything")
  private boolean[] verbose = {};

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  boolean help;

  /** Before anything is logged. */
  public void apply() {
    LogSetup.verbosity(verbose.length);
  }
}
