package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** A byte stream of NAL units with start codes between (H.264 annex B). */
final class NalUnits {
  /** Of the short start code, 00 00 01; a zero more before it belongs to it. */
  private static final int START_CODE_BYTES = 3;

  private NalUnits() {}

  /** Takes the bytes of one NAL unit, 1 or more. */
  @FunctionalInterface
  interface Sink {
    void unit(ByteBuf in, int index, int length);
  }

  /** Whether the bytes begin with a start code, which no NAL unit does. */
  static boolean startsWithStartCode(ByteBuf in, int index, int length) {
    return length > START_CODE_BYTES
        && in.getShort(index) == 0
        && (in.getByte(index + 2) == 1
            || (in.getByte(index + 2) == 0 && in.getByte(index + 3) == 1));
  }

  /**
   * Gives each NAL unit, without start codes and without the zeros that may follow a unit; linear.
   * Bytes without a start code are one unit.
   */
  static void forEach(ByteBuf in, int index, int length, Sink sink) {
    int end = index + length;
    int at = startsWithStartCode(in, index, length) ? afterStartCode(in, index, end) : index;
    while (at < end) {
      int next = startCode(in, at, end);
      int to = withoutZeros(in, at, next);
      if (to > at) {
        sink.unit(in, at, to - at);
      }
      at = next + START_CODE_BYTES;
    }
  }

  private static int afterStartCode(ByteBuf in, int from, int end) {
    return startCode(in, from, end) + START_CODE_BYTES;
  }

  /** The index of the next 00 00 01, or the end. */
  static int startCode(ByteBuf in, int from, int end) {
    int zeros = 0;
    for (int i = from; i < end; i++) {
      int b = in.getByte(i);
      if (b == 1 && zeros >= 2) {
        return i - 2;
      }
      zeros = b == 0 ? zeros + 1 : 0;
    }
    return end;
  }

  /** A NAL unit ends with the 1 of its trailing bits, so zeros after it are none of it. */
  static int withoutZeros(ByteBuf in, int from, int end) {
    int to = end;
    while (to > from && in.getByte(to - 1) == 0) {
      to--;
    }
    return to;
  }
}
