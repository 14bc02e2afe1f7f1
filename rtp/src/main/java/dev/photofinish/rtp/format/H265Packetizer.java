package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** H.265 (RFC 7798): single NAL units and fragments. */
final class H265Packetizer extends NalPacketizer {
  private static final int FU = 49;

  H265Packetizer(int mostBytes) {
    super(Codec.H265, mostBytes);
  }

  @Override
  byte[] fragmentHeader(ByteBuf unit, int flags) {
    int header = unit.getUnsignedShort(unit.readerIndex());
    int type = header >> 9 & 0x3f;
    return new byte[] {
      (byte) ((header >> 8 & 0x81) | (FU << 1)), (byte) header, (byte) (flags | type)
    };
  }
}
