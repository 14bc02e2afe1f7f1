package dev.photofinish.media.picture;

import java.io.IOException;

/** A frame gives no picture. The message says why, and what would help. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  public PictureException(String message) {
    super(message);
  }
}
