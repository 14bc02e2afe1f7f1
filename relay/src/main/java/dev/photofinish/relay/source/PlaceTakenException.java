package dev.photofinish.relay.source;

import java.io.IOException;
import java.time.Duration;

/** Another publisher sends the stream. */
public final class PlaceTakenException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  /**
   * @param retryAfter when the place may be free
   */
  public PlaceTakenException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
