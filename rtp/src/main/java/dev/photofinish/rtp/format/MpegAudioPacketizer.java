package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** MPEG audio (RFC 2250 section 3.5): a frame a packet, or over several. */
final class MpegAudioPacketizer extends Packetizer {
  private static final int HEADER = 4;

  MpegAudioPacketizer(int mostBytes) {
    super(Codec.MPEG_AUDIO, mostBytes);
  }

  @Override
  void payloads(Frame frame, long timestamp, Output output) {
    ByteBuf content = frame.content();
    int size = content.readableBytes();
    if (size > 0xffff) {
      throw new IllegalArgumentException(
          "frame: " + size + " bytes are not valid; expected at most 65535");
    }
    int most = mostBytes() - HEADER;
    for (int at = 0; at < size; at += most) {
      int length = Math.min(most, size - at);
      byte[] header = {0, 0, (byte) (at >> 8), (byte) at};
      ByteBuf payload = withHeader(header, content, content.readerIndex() + at, length);
      output.payload(payload, timestamp, false);
    }
  }
}
