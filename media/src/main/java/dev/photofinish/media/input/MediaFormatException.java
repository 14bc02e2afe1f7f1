package dev.photofinish.media.input;

import java.io.IOException;

/** Media that cannot be read; its message is one sentence for the one who chose them. */
public final class MediaFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  MediaFormatException(String message) {
    super(message);
  }
}
