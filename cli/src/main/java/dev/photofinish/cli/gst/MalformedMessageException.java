package dev.photofinish.cli.gst;

/** A message that breaks a rule of the protocol: the end of the connection. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * Says what came.
   *
   * @param message a phrase, such as {@code a length of 3}
   */
  MalformedMessageException(String message) {
    super(message);
  }
}
