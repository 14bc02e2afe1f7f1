package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.SourceTrack;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtsp.client.MediaStream;
import dev.photofinish.rtsp.client.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Packets of a camera for tests. */
final class Packets {
  static final MediaStream H264 =
      new MediaStream(0, "video", "H264", 96, 90_000, 0, "packetization-mode=1", false);
  static final SourceTrack TRACK = new SourceTrack(0, H264, 0x11223344);
  static final long SECOND = 1_000_000_000L;

  private Packets() {}

  static RtpPacket packet(int sequence, long timestamp, long ssrc, int... payload) {
    ByteBuf bytes = Unpooled.buffer();
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence);
    bytes.writeInt((int) timestamp).writeInt((int) ssrc);
    for (int octet : payload) {
      bytes.writeByte(octet);
    }
    try {
      return RtpPacket.of(H264, bytes);
    } catch (RtpFormatException e) {
      throw new AssertionError(e);
    }
  }
}
