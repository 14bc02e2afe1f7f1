package dev.photofinish.cli.command;

/**
 * Wrong use: the message is one line that says what, where and what would be right. Exit code 2.
 */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }

  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
