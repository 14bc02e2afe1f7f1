package dev.photofinish.media.picture;

import java.util.Locale;
import java.util.Optional;

/** A format of picture files. */
public enum PictureType {
  JPEG,
  PNG;

  /** The type that a file's name asks for: {@code .jpg}, {@code .jpeg} or {@code .png}. */
  public static Optional<PictureType> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".jpg") || lower.endsWith(".jpeg")) {
      return Optional.of(JPEG);
    }
    return lower.endsWith(".png") ? Optional.of(PNG) : Optional.empty();
  }
}
