package dev.photofinish.cli;

import dev.photofinish.cli.camera.CameraCommand;
import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.SafeText;
import dev.photofinish.cli.command.Spelling;
import dev.photofinish.cli.command.UsageException;
import dev.photofinish.cli.config.OptionSources;
import dev.photofinish.cli.discover.DiscoverCommand;
import dev.photofinish.cli.fleet.FleetCommand;
import dev.photofinish.cli.gst.GstPluginCommand;
import dev.photofinish.cli.gst.GstSourceCommand;
import dev.photofinish.cli.pipe.PipeCommand;
import dev.photofinish.cli.publish.PublishCommand;
import dev.photofinish.cli.race.RaceCommand;
import dev.photofinish.cli.record.RecordCommand;
import dev.photofinish.cli.relay.RelayCommand;
import dev.photofinish.cli.relay.UserCommand;
import dev.photofinish.cli.simulate.SimulateCommand;
import dev.photofinish.cli.snapshot.SnapshotCommand;
import dev.photofinish.cli.storm.StormCommand;
import dev.photofinish.cli.terminal.StandardOutput;
import dev.photofinish.cli.watch.WatchCommand;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.rtsp.message.RtspUrl;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands by name, and the one place where errors become a line and an exit code. */
final class CommandTree {
  /** In the order of the help. */
  private static final List<String> NAMES =
      List.of(
          "watch",
          "relay",
          "fleet",
          "user",
          "record",
          "pipe",
          "publish",
          "snapshot",
          "race",
          "simulate",
          "storm",
          "discover",
          "camera",
          "gst-plugin",
          GstSourceCommand.NAME);

  /** A cause may lead back to where it came from. */
  private static final int MOST_CAUSES = 10;

  private final CliContext context;

  private CommandTree(CliContext context) {
    this.context = context;
  }

  /**
   * Whether a program starts it rather than a user: a terminal, which takes a while to ask, would
   * be that of the program.
   */
  static boolean isForAProgram(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(GstSourceCommand.NAME);
  }

  /** Runs one command and gives its exit code. */
  static int run(CliContext context, String... arguments) {
    int exit = new CommandTree(context).commandLine(arguments).execute(arguments);
    // Writing to a pipe fails only because its reader, such as head, has what it wanted.
    if (!context.out().checkError() || StandardOutput.isPipe()) {
      return exit;
    }
    context.err().println("photofinish: standard output cannot be written");
    return Math.max(exit, ExitCode.NOT_DONE);
  }

  /** Makes one command alone where it is named: all the others take a while to make. */
  private CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new Root());
    if (arguments.length > 0 && NAMES.contains(arguments[0])) {
      root.addSubcommand(command(arguments[0]));
    } else {
      NAMES.forEach(name -> root.addSubcommand(command(name)));
      root.addSubcommand(new CommandLine.HelpCommand());
      root.addSubcommand(new CompletionCommand(context));
    }
    root.setOut(new PrintWriter(context.out(), true, context.charset()));
    root.setErr(new PrintWriter(context.err(), true, context.charset()));
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(context.screen().colours() ? Ansi.ON : Ansi.OFF));
    root.setUsageHelpWidth(Math.max(60, Math.min(100, context.screen().width().getAsInt())));
    root.setParameterExceptionHandler(
        (e, words) -> wrongUse(e.getCommandLine(), parameterMessage(e)));
    root.setExecutionExceptionHandler((e, command, result) -> failure(e, command));
    return root;
  }

  private Object command(String name) {
    return switch (name) {
      case "watch" -> new WatchCommand(context, CommandTree::options).commandLine();
      case "relay" -> new RelayCommand(context, CommandTree::options).commandLine();
      case "fleet" -> new FleetCommand(context, CommandTree::options).commandLine();
      case "user" -> new UserCommand(context);
      case "record" -> new RecordCommand(context, CommandTree::options).commandLine();
      case "pipe" -> new PipeCommand(context, CommandTree::options).commandLine();
      case "publish" -> new PublishCommand(context, CommandTree::options).commandLine();
      case "snapshot" -> new SnapshotCommand(context, CommandTree::options).commandLine();
      case "race" -> new RaceCommand(context, CommandTree::options).commandLine();
      case "simulate" -> new SimulateCommand(context);
      case "storm" -> new StormCommand(context, CommandTree::options).commandLine();
      case "discover" -> new DiscoverCommand(context, CommandTree::options).commandLine();
      case "camera" -> new CameraCommand(context).commandLine();
      case "gst-plugin" -> new GstPluginCommand();
      case GstSourceCommand.NAME -> new GstSourceCommand(context);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The options of all commands, which one configuration file may hold. */
  private static Set<String> options() {
    return OptionSources.names(
        Stream.of(
                WatchCommand.SECTIONS,
                RelayCommand.SECTIONS,
                FleetCommand.SECTIONS,
                RecordCommand.SECTIONS,
                PipeCommand.SECTIONS,
                PublishCommand.SECTIONS,
                SnapshotCommand.SECTIONS,
                RaceCommand.SECTIONS,
                StormCommand.SECTIONS,
                DiscoverCommand.SECTIONS)
            .flatMap(List::stream));
  }

  private int failure(Exception e, CommandLine command) {
    if (e instanceof UsageException || e instanceof InvalidOptionException) {
      return wrongUse(command, text(e));
    }
    LoggerFactory.getLogger(CommandTree.class).debug("the command failed", e);
    return error(command, ExitCode.NOT_DONE, message(e));
  }

  private int wrongUse(CommandLine command, String message) {
    return error(command, ExitCode.WRONG_USE, message);
  }

  private int error(CommandLine command, int code, String message) {
    String line = message.replaceAll("\\s*\\R\\s*", " ");
    context.out().flush();
    context.err().println(SafeText.line(command.getCommandSpec().qualifiedName() + ": " + line));
    return code;
  }

  private static String parameterMessage(ParameterException e) {
    String help = "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    if (e.getCause() instanceof UsageException cause) {
      return text(cause);
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched.getUnmatched().get(0), e.getCommandLine()) + help;
    }
    return text(e) + help;
  }

  /** An option without its value, a word without what may be a password. */
  private static String unknown(String word, CommandLine command) {
    boolean flag = word.startsWith("-");
    String shown = flag ? word.split("=", 2)[0] : RtspUrl.show(word);
    String meant =
        Spelling.nearest(
                shown,
                flag
                    ? command.getCommandSpec().optionsMap().keySet()
                    : command.getSubcommands().keySet())
            .map(name -> "; did you mean " + name + "?")
            .orElse("");
    return (flag ? "unknown option '" : "unexpected word '") + shown + "'" + meant;
  }

  /** What went wrong, and why: {@code failed to create a child event loop: Too many open files}. */
  static String message(Throwable e) {
    Throwable root = e;
    for (int depth = 0; root.getCause() != null && depth < MOST_CAUSES; depth++) {
      root = root.getCause();
    }
    String what = text(e);
    String why = root.getMessage(); // without one, its class says nothing to a user
    return why == null || what.contains(why) ? what : what + ": " + why;
  }

  private static String text(Throwable e) {
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
      throw new UsageException(
          "no command; expected watch, relay, fleet, user, record, pipe, publish, snapshot, race,"
              + " simulate, storm, discover, camera or gst-plugin");
    }
  }
}
