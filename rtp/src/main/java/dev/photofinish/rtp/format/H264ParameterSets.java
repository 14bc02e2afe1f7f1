package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** SPS and PPS of H.264, from sprop-parameter-sets (RFC 6184 section 8.1) and from the stream. */
final class H264ParameterSets extends ParameterSets {
  private static final int FIRST_SLICE = 1;
  private static final int IDR = 5;
  private static final int SEI = 6;
  private static final int SPS = 7;
  private static final int PPS = 8;

  H264ParameterSets(FormatParameters parameters) {
    super(Codec.H264, SPS, new int[] {SPS, PPS}, new int[] {8, 32});
    takeAll(parameters.text("sprop-parameter-sets").orElse(""));
  }

  @Override
  int headerBytes() {
    return 1;
  }

  @Override
  int type(ByteBuf in, int index) {
    return in.getByte(index) & 0x1f;
  }

  @Override
  boolean isSlice(int type) {
    return type >= FIRST_SLICE && type <= IDR;
  }

  @Override
  RandomAccess randomAccess(ByteBuf in, int index, int length) {
    return switch (type(in, index)) {
      case IDR -> RandomAccess.IDR;
      case SEI -> RecoveryPoint.find(bits(in, index, length), length, BitReader::unsigned);
      default -> RandomAccess.NONE;
    };
  }

  @Override
  int id(int type, BitReader bits) {
    if (type == SPS) {
      bits.skip(24); // profile, constraints, level
    }
    return bits.unsigned();
  }

  @Override
  PictureSize size(BitReader bits) {
    return H264Sps.size(bits);
  }
}
