package dev.photofinish.relay.web.hls;

import java.util.List;

/**
 * A piece of the stream that is complete.
 *
 * @param header its initialization section
 * @param parts that are its content, in order
 * @param isInParts whether its parts were given out alone before it was complete
 * @param nanos its duration
 * @param isDiscontinuity whether it does not continue the segment before it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Segment(
    long number,
    Initialization header,
    List<Part> parts,
    boolean isInParts,
    long nanos,
    boolean isDiscontinuity) {

  String file() {
    return number + ".m4s";
  }

  int bytes() {
    return parts.stream().mapToInt(part -> part.content().length).sum();
  }

  byte[] content() {
    byte[] content = new byte[bytes()];
    int at = 0;
    for (Part part : parts) {
      System.arraycopy(part.content(), 0, content, at, part.content().length);
      at += part.content().length;
    }
    return content;
  }
}
