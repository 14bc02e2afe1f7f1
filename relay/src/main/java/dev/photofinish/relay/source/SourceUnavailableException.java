package dev.photofinish.relay.source;

import java.io.IOException;
import java.time.Duration;

/** A camera that could not be reached, so that there is nothing to offer. */
public final class SourceUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  public SourceUnavailableException(String message) {
    this(message, Duration.ZERO);
  }

  /**
   * @param retryAfter when it is tried again; zero if that is not known
   */
  public SourceUnavailableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
