package dev.photofinish.rtsp.message;

import java.util.Arrays;
import java.util.Optional;

/** Which way media flows, said from the describing side (RFC 4566 section 6). */
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
