package dev.photofinish.decode;

import java.io.IOException;

/** A frame that FFmpeg cannot decode. The decoder goes on with the next key frame. */
public final class DecodeException extends IOException {
  private static final long serialVersionUID = 1;

  DecodeException(String message) {
    super(message);
  }
}
