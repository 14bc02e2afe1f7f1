package dev.photofinish.relay.source;

import java.io.IOException;

/** A camera that could not be reached, so that there is nothing to offer. */
public final class SourceUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  public SourceUnavailableException(String message) {
    super(message);
  }
}
