package dev.photofinish.rtp.format;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sequence parameter set up to its usability information (H.264 section 7.3.2.1.1), in the order
 * in which it is written.
 *
 * @param separatePlanes separate_colour_plane_flag
 * @param frameNumberBits of frame_num
 * @param orderType pic_order_cnt_type
 * @param orderBits of pic_order_cnt_lsb; 0 where the type is not 0
 * @param cycle where the type is 1
 * @param references max_num_ref_frames
 * @param macroblocks of a frame
 * @param framesOnly frame_mbs_only_flag
 */
record H264SequenceHeader(
    H264Sps sps,
    boolean separatePlanes,
    int frameNumberBits,
    int orderType,
    int orderBits,
    @Nullable H264OrderCycle cycle,
    int references,
    long macroblocks,
    boolean framesOnly) {
  /** Those whose parameter sets say the chroma format; 144 is of the first edition alone. */
  private static final Set<Integer> PROFILES_WITH_CHROMA =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135, 144);

  private static final int MACROBLOCK = 16;
  private static final int MOST_COUNTER_BITS = 16;

  /**
   * @param bits of what follows the header of the NAL unit; read to before
   *     vui_parameters_present_flag
   */
  static H264SequenceHeader read(BitReader bits) {
    int profile = bits.bits(8);
    int constraints = bits.bits(8);
    int level = bits.bits(8);
    bits.unsigned(); // seq_parameter_set_id
    boolean described = PROFILES_WITH_CHROMA.contains(profile);
    int chroma = described ? bits.unsigned() & 3 : 1;
    boolean separate = chroma == 3 && bits.flag();
    int lumaDepth = described ? bits.unsigned() & 7 : 0;
    int chromaDepth = described ? bits.unsigned() & 7 : 0;
    if (described) {
      scaling(bits, chroma);
    }
    int frameNumberBits = counterBits(bits);
    int type = bits.unsigned();
    int orderBits = type == 0 ? counterBits(bits) : 0;
    H264OrderCycle cycle = type == 1 ? H264OrderCycle.read(bits) : null;
    int references = bits.unsigned();
    bits.bit(); // gaps_in_frame_num_value_allowed_flag
    long columns = bits.unsigned() + 1L;
    long rows = bits.unsigned() + 1L;
    boolean framesOnly = bits.flag();
    if (!framesOnly) {
      bits.bit(); // mb_adaptive_frame_field_flag
    }
    bits.bit(); // direct_8x8_inference_flag
    int fields = framesOnly ? 1 : 2;
    PictureSize size =
        PictureSize.cropped(
            bits, columns * MACROBLOCK, rows * MACROBLOCK * fields, separate ? 0 : chroma, fields);
    H264Sps sps =
        new H264Sps(
            profile,
            constraints,
            level,
            chroma,
            lumaDepth,
            chromaDepth,
            size.width(),
            size.height());
    return new H264SequenceHeader(
        sps,
        separate,
        frameNumberBits,
        type,
        orderBits,
        cycle,
        references,
        columns * rows * fields,
        framesOnly);
  }

  /** log2_max_frame_num_minus4 and log2_max_pic_order_cnt_lsb_minus4. */
  private static int counterBits(BitReader bits) {
    return Math.min(MOST_COUNTER_BITS, bits.unsigned() + 4);
  }

  private static void scaling(BitReader bits, int chroma) {
    bits.bit(); // qpprime_y_zero_transform_bypass_flag
    if (bits.flag()) {
      for (int i = 0; i < (chroma == 3 ? 12 : 8); i++) {
        if (bits.flag()) {
          scalingList(bits, i < 6 ? 16 : 64);
        }
      }
    }
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
}
