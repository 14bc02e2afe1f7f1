package dev.photofinish.rtsp.message;

import java.util.Arrays;
import java.util.Optional;

/** The way that media flows, as the describing side says it (RFC 4566 section 6). */
public enum Direction {
  SENDRECV,
  RECVONLY,
  SENDONLY,
  INACTIVE;

  static Optional<Direction> of(String attribute) {
    return Arrays.stream(values())
        .filter(direction -> direction.name().equalsIgnoreCase(attribute))
        .findFirst();
  }
}
