package dev.photofinish.media.picture;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A format of picture files. */
public enum PictureType {
  JPEG("jpg", "jpeg"),
  PNG("png");

  private final List<String> extensions;

  PictureType(String... extensions) {
    this.extensions = List.of(extensions);
  }

  /** The type that a file's name asks for: {@code .jpg}, {@code .jpeg} or {@code .png}. */
  public static Optional<PictureType> ofFile(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> name.contains(".") && type.extensions.contains(extension))
        .findFirst();
  }
}
