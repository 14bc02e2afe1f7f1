package dev.photofinish.cli.fleet;

/** The user has ended the command while it waited. */
final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("ended before it was done");
  }
}
