package dev.photofinish.cli;

import dev.photofinish.option.InvalidOptionException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands by name, and the one place where errors become a line and an exit code. */
final class CommandTree {
  static final int DONE = 0;
  static final int NOT_DONE = 1;
  static final int WRONG_USE = 2;

  private final CliContext world;

  private CommandTree(CliContext world) {
    this.world = world;
  }

  /** Runs one command and gives its exit code. */
  static int run(CliContext world, String... arguments) {
    int exit = new CommandTree(world).commandLine().execute(arguments);
    if (!world.out().checkError()) {
      return exit;
    }
    world.err().println("photofinish: standard output cannot be written");
    return Math.max(exit, NOT_DONE);
  }

  private CommandLine commandLine() {
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand(new WatchCommand(world).commandLine());
    root.addSubcommand(new RaceCommand(world).commandLine());
    root.addSubcommand(new SimulateCommand(world));
    root.addSubcommand(new StormCommand(world).commandLine());
    root.addSubcommand(new CameraCommand(world).commandLine());
    root.addSubcommand(new CommandLine.HelpCommand());
    root.addSubcommand(new CompletionCommand(world));
    root.setOut(new PrintWriter(world.out(), true, world.charset()));
    root.setErr(new PrintWriter(world.err(), true, world.charset()));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(world.screen().colours() ? Ansi.ON : Ansi.OFF));
    root.setUsageHelpWidth(Math.max(60, Math.min(100, world.screen().width().getAsInt())));
    root.setParameterExceptionHandler(
        (e, words) -> wrongUse(e.getCommandLine(), parameterMessage(e)));
    root.setExecutionExceptionHandler((e, command, result) -> failure(e, command));
    return root;
  }

  private int failure(Exception e, CommandLine command) {
    if (e instanceof UsageException || e instanceof InvalidOptionException) {
      return wrongUse(command, message(e));
    }
    LoggerFactory.getLogger(CommandTree.class).debug("the command failed", e);
    return error(command, NOT_DONE, message(e));
  }

  private int wrongUse(CommandLine command, String message) {
    return error(command, WRONG_USE, message);
  }

  private int error(CommandLine command, int code, String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    world.out().flush();
    world.err().println(Redaction.redact(command.getCommandSpec().qualifiedName() + ": " + line));
    return code;
  }

  private static String parameterMessage(ParameterException e) {
    String help = "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    if (e.getCause() instanceof UsageException cause) {
      return message(cause);
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), e.getCommandLine()) + help;
    }
    return message(e) + help;
  }

  private static String unknown(String word, CommandLine command) {
    boolean flag = word.startsWith("-");
    String meant =
        Spelling.nearest(
                word.split("=", 2)[0],
                flag
                    ? command.getCommandSpec().optionsMap().keySet()
                    : command.getSubcommands().keySet())
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    return (flag ? "unknown option '" : "unexpected word '") + word + "'" + meant;
  }

  private static String message(Exception e) {
    return Objects.requireNonNullElseGet(e.getMessage(), e::toString);
  }

  @Command(
      name = "photofinish",
      mixinStandardHelpOptions = true,
      version = "photofinish 0.2.0",
      synopsisSubcommandLabel = "COMMAND",
      description = {
        "Keeps a camera's stream up by racing connections.",
        "",
        "Options come from a flag, else from the configuration file, else from an environment"
            + " variable: --racing-delay-ms, racing-delay-ms, PHOTOFINISH_RACING_DELAY_MS."
      },
      footer = {
        "",
        "Exit codes: 0 did what was asked; 1 did not; 2 wrong use.",
        "",
        "Example: photofinish watch"
      })
  private static final class Root implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new UsageException("no command; expected watch, race, simulate, storm or camera");
    }
  }
}
