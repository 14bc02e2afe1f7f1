package dev.photofinish.rtsp.client;

import java.io.IOException;

/**
 * A request of the user's to a camera failed. The message says what was seen. The stream goes on as
 * it would without it.
 */
public final class RequestFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  RequestFailedException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** What the camera answered, such as 457; 0 if it did not answer, or was not asked. */
  public int status() {
    return status;
  }
}
