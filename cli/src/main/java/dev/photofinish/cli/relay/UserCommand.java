package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.CliContext;
import dev.photofinish.cli.command.CommonFlags;
import dev.photofinish.cli.command.ExitCode;
import dev.photofinish.cli.command.UsageException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the line of a user for the relay's file of users. */
@Command(
    name = "user",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "Prints a user's line for the file that relay --users takes.",
    footer = {
      "",
      "Asks for the password on a terminal, and reads it from standard input elsewhere. The line"
          + " does not show the password, but lets anyone who has it log in: keep the file secret.",
      "",
      "Example: photofinish user anna >> users.txt"
    })
public final class UserCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private final CommonFlags common = new CommonFlags();

  @Parameters(index = "0", paramLabel = "NAME", description = "the user's name, without a colon")
  private String name = "";

  public UserCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    common.apply();
    if (name.isBlank() || name.indexOf(':') >= 0 || name.startsWith("#") || !isPrintable(name)) {
      throw new UsageException(
          "NAME: '" + name + "' is not valid; expected a name without a colon");
    }
    String password = password();
    if (password.isEmpty()) {
      throw new UsageException("the password is empty; expected one on standard input");
    }
    context.line(Users.line(name, password));
    return ExitCode.DONE;
  }

  private static boolean isPrintable(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  @SuppressWarnings(
      "SystemConsoleNull") // where it is never null it is a terminal or reads the same
  private String password() throws IOException {
    Console console = System.console();
    if (console != null) {
      return new String(console.readPassword("Password: "));
    }
    String line =
        new BufferedReader(new InputStreamReader(context.in(), StandardCharsets.UTF_8)).readLine();
    return line == null ? "" : line;
  }
}
