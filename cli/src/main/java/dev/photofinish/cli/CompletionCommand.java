package dev.photofinish.cli;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.UsageException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Prints the script that lets a shell complete commands and options.",
    footer = {
      "",
      "Example: source <(photofinish completion bash)",
      "         photofinish completion zsh > ~/.photofinish.zsh"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Makes zsh read what is written for bash. */
  private static final String ZSH =
      "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n";

  private final CliContext context;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private String shell = "";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help and end")
  boolean help;

  CompletionCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new UsageException("'" + shell + "' is not valid; expected bash or zsh");
    }
    String script = AutoComplete.bash("photofinish", spec.root().commandLine());
    context.line(shell.equals("zsh") ? ZSH + script : script);
    return ExitCode.DONE;
  }
}
