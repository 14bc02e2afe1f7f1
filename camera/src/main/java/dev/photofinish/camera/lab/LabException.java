package dev.photofinish.camera.lab;

import org.jspecify.annotations.Nullable;

/** The lab could not be built or used; the message quotes the command and what it said. */
public final class LabException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LabException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
