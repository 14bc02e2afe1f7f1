package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** AAC-hbr (RFC 3640 section 3.3.6): an access unit a packet, or over several. */
final class AacPacketizer extends Packetizer {
  /** Of the headers' length and one header. */
  private static final int HEADER = 4;

  private static final int HEADER_BITS = 16;
  private static final int SIZE_BITS = 13;
  private static final int INDEX_BITS = 3;
  private static final int LARGEST = (1 << SIZE_BITS) - 1;

  AacPacketizer(int mostBytes) {
    super(Codec.AAC, mostBytes);
  }

  /** Whether these parameters describe what is made here. */
  static boolean isSupported(FormatParameters parameters) {
    return AacDepacketizer.problem(parameters) == null
        && parameters.text("mode").orElse("").equalsIgnoreCase("AAC-hbr")
        && parameters.number("sizelength", SIZE_BITS) == SIZE_BITS
        && parameters.number("indexlength", INDEX_BITS) == INDEX_BITS;
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    ByteBuf content = frame.content();
    int size = content.readableBytes();
    if (size > LARGEST) {
      throw new IllegalArgumentException(
          "frame: " + size + " bytes are not valid; expected at most " + LARGEST);
    }
    int most = mostBytes() - HEADER;
    for (int at = 0; at < size; at += most) {
      int length = Math.min(most, size - at);
      byte[] header = {0, HEADER_BITS, (byte) (size >> 5), (byte) (size << INDEX_BITS)};
      ByteBuf payload = withHeader(header, content, content.readerIndex() + at, length);
      output.payload(payload, timestamp, at + length == size);
    }
  }
}
