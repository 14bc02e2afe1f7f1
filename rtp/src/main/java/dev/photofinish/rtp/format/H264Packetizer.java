package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** H.264 in packetization mode 1 (RFC 6184): single NAL units and FU-A. */
final class H264Packetizer extends NalPacketizer {
  private static final int FU_A = 28;

  H264Packetizer(int mostBytes) {
    super(Codec.H264, mostBytes);
  }

  @Override
  byte[] fragmentHeader(ByteBuf unit, int flags) {
    int header = unit.getByte(unit.readerIndex());
    return new byte[] {(byte) ((header & 0xe0) | FU_A), (byte) (flags | (header & 0x1f))};
  }
}
