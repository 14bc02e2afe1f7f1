package dev.photofinish.cli.command;

/** The exit codes of every command. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int NOT_DONE = 1;
  public static final int WRONG_USE = 2;

  private ExitCode() {}
}
