package dev.photofinish.cli;

/**
 * Wrong use: the message is one line that says what, where and what would be right. Exit code 2.
 */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }

  UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
