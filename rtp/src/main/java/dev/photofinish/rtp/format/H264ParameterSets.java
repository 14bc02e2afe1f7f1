package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** SPS and PPS of H.264, from sprop-parameter-sets (RFC 6184 section 8.1) and from the stream. */
final class H264ParameterSets extends ParameterSets {
  private static final int IDR = 5;
  private static final int SEI = 6;

  H264ParameterSets(FormatParameters parameters) {
    super(Codec.H264);
    takeAll(parameters.text("sprop-parameter-sets").orElse(""));
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
    if (type == NalSyntax.H264.sequenceSet()) {
      bits.skip(24); // profile, constraints, level
    }
    return bits.unsigned();
  }

  @Override
  double frameRate(int type, BitReader bits) {
    return type == NalSyntax.H264.sequenceSet() ? H264Sps.frameRate(bits) : 0;
  }

  @Override
  PictureSize size(BitReader bits) {
    return H264Sps.parse(bits).size();
  }
}
