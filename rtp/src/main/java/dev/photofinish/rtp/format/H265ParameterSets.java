package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** VPS, SPS and PPS of H.265, from the description (RFC 7798 section 7.1) and from the stream. */
final class H265ParameterSets extends ParameterSets {
  private static final int FIRST_IRAP = 16;
  private static final int LAST_IRAP = 23;
  private static final int IDR_W_RADL = 19;
  private static final int IDR_N_LP = 20;
  private static final int VPS = 32;
  private static final int PREFIX_SEI = 39;

  H265ParameterSets(FormatParameters parameters) {
    super(Codec.H265);
    takeAll(parameters.text("sprop-vps").orElse(""));
    takeAll(parameters.text("sprop-sps").orElse(""));
    takeAll(parameters.text("sprop-pps").orElse(""));
  }

  /** The leading pictures of a BLA picture cannot be decoded, as those of a CRA one. */
  @Override
  RandomAccess randomAccess(ByteBuf in, int index, int length) {
    int type = type(in, index);
    if (type == IDR_W_RADL || type == IDR_N_LP) {
      return RandomAccess.IDR;
    }
    if (type >= FIRST_IRAP && type <= LAST_IRAP) {
      return RandomAccess.CRA;
    }
    return type == PREFIX_SEI
        ? RecoveryPoint.find(bits(in, index, length), length, BitReader::signed)
        : RandomAccess.NONE;
  }

  @Override
  int id(int type, BitReader bits) {
    if (type == VPS) {
      return bits.bits(4);
    }
    return type == NalSyntax.H265.sequenceSet() ? H265Sps.parse(bits).id() : bits.unsigned();
  }

  @Override
  double frameRate(int type, BitReader bits) {
    return type == NalSyntax.H265.sequenceSet() ? H265Sps.frameRate(bits) : 0;
  }

  @Override
  PictureSize size(BitReader bits) {
    return H265Sps.parse(bits).size();
  }
}
