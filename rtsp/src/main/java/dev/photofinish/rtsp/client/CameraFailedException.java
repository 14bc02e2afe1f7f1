package dev.photofinish.rtsp.client;

import dev.photofinish.retry.TryFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A camera's stream gave up, or was closed before media came. The message says which camera, at
 * which stage and what was seen; the cause, when the last race failed, carries every attempt.
 */
public final class CameraFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final TryFailure failure;

  public CameraFailedException(String message, @Nullable Throwable cause) {
    this(message, TryFailure.OTHER, cause);
  }

  public CameraFailedException(String message, TryFailure failure, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /**
   * Why the last try failed, for programs that act by it: wrong credentials, no such stream, the
   * device full; {@link TryFailure#OTHER} where nothing more is known.
   */
  public TryFailure failure() {
    return failure;
  }
}
