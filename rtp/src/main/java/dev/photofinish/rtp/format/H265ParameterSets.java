package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** VPS, SPS and PPS of H.265, from the description (RFC 7798 section 7.1) and from the stream. */
final class H265ParameterSets extends ParameterSets {
  private static final int LAST_SLICE = 31;
  private static final int FIRST_IRAP = 16;
  private static final int LAST_IRAP = 23;
  private static final int IDR_W_RADL = 19;
  private static final int IDR_N_LP = 20;
  private static final int VPS = 32;
  private static final int SPS = 33;
  private static final int PPS = 34;
  private static final int PREFIX_SEI = 39;

  H265ParameterSets(FormatParameters parameters) {
    super(Codec.H265, SPS, new int[] {VPS, SPS, PPS}, new int[] {8, 8, 32});
    takeAll(parameters.text("sprop-vps").orElse(""));
    takeAll(parameters.text("sprop-sps").orElse(""));
    takeAll(parameters.text("sprop-pps").orElse(""));
  }

  @Override
  int headerBytes() {
    return LayeredNalDepacketizer.HEADER_BYTES;
  }

  @Override
  int type(ByteBuf in, int index) {
    return (in.getByte(index) >> 1) & 0x3f;
  }

  @Override
  boolean isSlice(int type) {
    return type <= LAST_SLICE;
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
    if (type == SPS) {
      beforeId(bits);
    }
    return bits.unsigned();
  }

  /** H.265 section 7.3.2.2.1. */
  @Override
  PictureSize size(BitReader bits) {
    beforeId(bits);
    bits.unsigned(); // sps_seq_parameter_set_id
    int chroma = bits.unsigned();
    boolean separate = chroma == 3 && bits.flag();
    long width = bits.unsigned();
    long height = bits.unsigned();
    if (bits.flag()) {
      long unitX = !separate && (chroma == 1 || chroma == 2) ? 2 : 1;
      long unitY = !separate && chroma == 1 ? 2 : 1;
      width -= unitX * ((long) bits.unsigned() + bits.unsigned());
      height -= unitY * ((long) bits.unsigned() + bits.unsigned());
    }
    return PictureSize.of(bits, width, height);
  }

  /** Up to the identifier of an SPS: with profile, tier and level (section 7.3.3). */
  private static void beforeId(BitReader bits) {
    bits.skip(4); // sps_video_parameter_set_id
    int layers = bits.bits(3);
    bits.skip(1 + 88 + 8); // sps_temporal_id_nesting_flag, general profile, level
    int[] present = new int[layers];
    for (int i = 0; i < layers; i++) {
      present[i] = bits.bits(2);
    }
    bits.skip(layers > 0 ? 2 * (8 - layers) : 0);
    for (int flags : present) {
      bits.skip(((flags & 2) != 0 ? 88 : 0) + ((flags & 1) != 0 ? 8 : 0));
    }
  }
}
