package dev.photofinish.spring;

import dev.photofinish.option.InvalidOptionException;

/**
 * Thrown where a property of {@code photofinish} cannot be: the message says what would be right.
 */
public final class InvalidCameraPropertyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String property;

  InvalidCameraPropertyException(String property, String problem) {
    super(property + ": " + problem);
    this.property = property;
  }

  /** A wrong value of an option; its message is without passwords. */
  InvalidCameraPropertyException(String prefix, InvalidOptionException cause) {
    super(prefix + "." + cause.getMessage(), cause);
    property = prefix + "." + cause.option();
  }

  /** The property's whole name, such as {@code photofinish.cameras.door.url}. */
  public String property() {
    return property;
  }
}
