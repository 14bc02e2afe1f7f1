package dev.photofinish.relay.web.hls;

/**
 * A Partial Segment: some fragments in a row.
 *
 * @param number counts on over all segments
 * @param nanos its duration
 * @param isIndependent whether its first picture is a key frame
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Part(long number, byte[] content, long nanos, boolean isIndependent) {
  String file() {
    return file(number);
  }

  static String file(long number) {
    return "p" + number + ".m4s";
  }
}
