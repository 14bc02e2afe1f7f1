package dev.photofinish.rtp.format;

import java.util.Set;

/** Reads the picture's size from a sequence parameter set (H.264 section 7.3.2.1.1). */
final class H264Sps {
  /** Those whose parameter sets say the chroma format (the first lines of the section). */
  private static final Set<Integer> PROFILES_WITH_CHROMA =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  private static final int MACROBLOCK = 16;

  private H264Sps() {}

  static PictureSize size(BitReader bits) {
    int profile = bits.bits(8);
    bits.skip(16);
    bits.unsigned(); // seq_parameter_set_id
    int chroma = PROFILES_WITH_CHROMA.contains(profile) ? chroma(bits) : 1;
    bits.unsigned(); // log2_max_frame_num_minus4
    pictureOrder(bits);
    bits.unsigned(); // max_num_ref_frames
    bits.bit(); // gaps_in_frame_num_value_allowed_flag
    long columns = bits.unsigned() + 1L;
    long rows = bits.unsigned() + 1L;
    boolean frames = bits.flag();
    if (!frames) {
      bits.bit(); // mb_adaptive_frame_field_flag
    }
    bits.bit(); // direct_8x8_inference_flag
    long width = columns * MACROBLOCK;
    long height = rows * MACROBLOCK * (frames ? 1 : 2);
    if (bits.flag()) {
      long unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      long unitY = (chroma == 1 ? 2L : 1L) * (frames ? 1 : 2);
      width -= unitX * ((long) bits.unsigned() + bits.unsigned());
      height -= unitY * ((long) bits.unsigned() + bits.unsigned());
    }
    return PictureSize.of(bits, width, height);
  }

  /** chroma_format_idc; 0 (none) counts as separate planes. */
  private static int chroma(BitReader bits) {
    int chroma = bits.unsigned();
    boolean separate = chroma == 3 && bits.flag();
    bits.unsigned(); // bit_depth_luma_minus8
    bits.unsigned(); // bit_depth_chroma_minus8
    bits.bit(); // qpprime_y_zero_transform_bypass_flag
    if (bits.flag()) {
      for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
        if (bits.flag()) {
          scalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
    return separate ? 0 : chroma;
  }

  private static void scalingList(BitReader bits, int size) {
    int last = 8;
    int next = 8;
    for (int i = 0; i < size && !bits.isOver(); i++) {
      if (next != 0) {
        next = (last + bits.signed()) & 0xff;
      }
      last = next == 0 ? last : next;
    }
  }

  private static void pictureOrder(BitReader bits) {
    int type = bits.unsigned();
    if (type == 0) {
      bits.unsigned(); // log2_max_pic_order_cnt_lsb_minus4
    } else if (type == 1) {
      bits.bit(); // delta_pic_order_always_zero_flag
      bits.signed(); // offset_for_non_ref_pic
      bits.signed(); // offset_for_top_to_bottom_field
      int cycle = bits.unsigned();
      for (int i = 0; i < cycle && !bits.isOver(); i++) {
        bits.signed(); // offset_for_ref_frame
      }
    }
  }
}
