package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** Finds the start codes of MPEG video: 00 00 01 and a byte that says what begins. */
final class StartCodes {
  static final int BYTES = 4;

  private static final int NONE = -1;

  private StartCodes() {}

  /** The code at an index; -1 where there is none. */
  static int at(ByteBuf in, int index, int end) {
    return end - index >= BYTES && in.getMedium(index) == 1 ? in.getUnsignedByte(index + 3) : NONE;
  }

  /** The index of the next start code, or the end. */
  static int next(ByteBuf in, int from, int end) {
    int at = NalUnits.startCode(in, from, end);
    return end - at >= BYTES ? at : end;
  }
}
