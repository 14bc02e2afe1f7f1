package dev.photofinish.rtsp.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A camera's stream gave up, or was closed before media came. The message says which camera, at
 * which stage and what was seen; the cause, when the last race failed, carries every attempt.
 */
public final class CameraFailedException extends IOException {
  private static final long serialVersionUID = 1;

  public CameraFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
