package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** AC-3 (RFC 4184 section 4.1): a frame a packet, or over several. */
final class Ac3Packetizer extends Packetizer {
  private static final int HEADER = 2;

  // Frame types (section 4.1.1).
  private static final int WHOLE = 0;
  private static final int FIRST_WITH_MOST = 1;
  private static final int FIRST = 2;
  private static final int LATER = 3;

  Ac3Packetizer(int mostBytes) {
    super(Codec.AC3, mostBytes);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    ByteBuf content = frame.content();
    int size = content.readableBytes();
    int most = mostBytes() - HEADER;
    int parts = (size + most - 1) / most;
    if (parts > 0xff) {
      throw new IllegalArgumentException(
          "frame: " + size + " bytes are not valid; expected at most " + 0xff * most);
    }
    for (int at = 0; at < size; at += most) {
      int length = Math.min(most, size - at);
      byte[] header = {(byte) type(at, length, size), (byte) parts};
      ByteBuf payload = withHeader(header, content, content.readerIndex() + at, length);
      output.payload(payload, timestamp, at + length == size);
    }
  }

  /** The first part says whether the first 5/8 of the frame are in it. */
  private static int type(int at, int length, int size) {
    if (at > 0) {
      return LATER;
    }
    if (length == size) {
      return WHOLE;
    }
    return length >= size / 8 * 5 + size % 8 * 5 / 8 ? FIRST_WITH_MOST : FIRST;
  }
}
