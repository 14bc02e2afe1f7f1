package dev.photofinish.rtsp.message;

import java.util.List;
import java.util.Optional;

/**
 * An {@code a=} line of an SDP.
 *
 * @param name before the colon
 * @param value after the colon, trimmed; empty if there is none
 */
public record Attribute(String name, String value) {

  /** The value of the first of that name, compared without case. */
  public static Optional<String> find(List<Attribute> attributes, String name) {
    return attributes.stream()
        .filter(attribute -> attribute.name.equalsIgnoreCase(name))
        .map(Attribute::value)
        .findFirst();
  }

  /** Human-readable: keys are hidden. */
  @Override
  public String toString() {
    return value.isEmpty() ? name : Excerpt.hideCredentials(name + ":" + value);
  }
}
