package dev.photofinish.fleet.hold;

/** Thrown where the list of cameras cannot be changed now; the message is one sentence. */
public final class ListUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ListUnavailableException(String message) {
    super(message);
  }
}
