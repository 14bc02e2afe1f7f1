package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** VPS, SPS and PPS of H.266, from the description (RFC 9328 section 7.2) and from the stream. */
final class H266ParameterSets extends ParameterSets {
  private static final int IDR_W_RADL = 7;
  private static final int IDR_N_LP = 8;
  private static final int CRA = 9;
  private static final int GDR = 10;

  /** The flags of the general constraints (H.266 section 7.3.3.2). */
  private static final int CONSTRAINT_BITS = 71;

  H266ParameterSets(FormatParameters parameters) {
    super(Codec.H266);
    takeAll(parameters.text("sprop-vps").orElse(""));
    takeAll(parameters.text("sprop-sps").orElse(""));
    takeAll(parameters.text("sprop-pps").orElse(""));
  }

  /** A GDR picture is right after some more, as in gradual refresh. */
  @Override
  RandomAccess randomAccess(ByteBuf in, int index, int length) {
    return switch (type(in, index)) {
      case IDR_W_RADL, IDR_N_LP -> RandomAccess.IDR;
      case CRA -> RandomAccess.CRA;
      case GDR -> RandomAccess.INTRA_REFRESH;
      default -> RandomAccess.NONE;
    };
  }

  @Override
  int id(int type, BitReader bits) {
    return bits.bits(type == NalSyntax.H266.pictureSet() ? 6 : 4);
  }

  /** H.266 section 7.3.2.4. */
  @Override
  PictureSize size(BitReader bits) {
    bits.skip(8); // sps_seq_parameter_set_id, sps_video_parameter_set_id
    int layers = bits.bits(3);
    int chroma = bits.bits(2);
    bits.skip(2); // sps_log2_ctu_size_minus5
    if (bits.flag()) {
      profile(bits, layers);
    }
    bits.skip(1); // sps_gdr_enabled_flag
    if (bits.flag()) {
      bits.skip(1); // sps_res_change_in_clvs_allowed_flag
    }
    long width = bits.unsigned();
    long height = bits.unsigned();
    return PictureSize.cropped(bits, width, height, chroma, 1);
  }

  /** profile_tier_level (section 7.3.3.1). */
  private static void profile(BitReader bits, int layers) {
    bits.skip(7 + 1 + 8 + 2); // profile, tier, level, two flags
    if (bits.flag()) {
      bits.skip(CONSTRAINT_BITS);
      bits.skip(bits.bits(8)); // gci_num_reserved_bits
    }
    align(bits);
    int levels = 0;
    for (int i = 0; i < layers; i++) {
      levels += bits.bit();
    }
    align(bits);
    bits.skip(8 * levels);
    bits.skip(32 * bits.bits(8)); // general_sub_profile_idc
  }

  private static void align(BitReader bits) {
    bits.skip(-bits.position() & 7);
  }
}
