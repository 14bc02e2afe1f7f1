package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.Set;

/**
 * The beginning of a sequence parameter set (H.264 section 7.3.2.1.1).
 *
 * @param profile profile_idc
 * @param constraints constraint_set flags, the first one highest in the byte
 * @param level level_idc
 * @param chroma chroma_format_idc
 * @param lumaDepth bit_depth_luma_minus8
 * @param chromaDepth bit_depth_chroma_minus8
 * @param width in pixels after cropping; 0 where it is not known
 * @param height in pixels after cropping; 0 where it is not known
 */
public record H264Sps(
    int profile,
    int constraints,
    int level,
    int chroma,
    int lumaDepth,
    int chromaDepth,
    int width,
    int height) {
  /** Those whose parameter sets say the chroma format; 144 is of the first edition alone. */
  private static final Set<Integer> PROFILES_WITH_CHROMA =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135, 144);

  private static final int MACROBLOCK = 16;

  /** Of a whole NAL unit, with its header; of a broken one the fields are arbitrary. */
  public static H264Sps of(ByteBuf unit) {
    int header = Math.min(NalSyntax.H264.headerBytes(), unit.readableBytes());
    return parse(new BitReader(unit, unit.readerIndex() + header, unit.readableBytes() - header));
  }

  /**
   * @param bits of what follows the header of the NAL unit
   */
  static H264Sps parse(BitReader bits) {
    Beginning read = beginning(bits);
    PictureSize size = size(bits, read.separatePlanes() ? 0 : read.chroma());
    return new H264Sps(
        read.profile(),
        read.constraints(),
        read.level(),
        read.chroma(),
        read.lumaDepth(),
        read.chromaDepth(),
        size.width(),
        size.height());
  }

  /** What stands before log2_max_frame_num_minus4. */
  record Beginning(
      int profile,
      int constraints,
      int level,
      int chroma,
      boolean separatePlanes,
      int lumaDepth,
      int chromaDepth) {}

  /** Reads to before log2_max_frame_num_minus4. */
  static Beginning beginning(BitReader bits) {
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
    return new Beginning(profile, constraints, level, chroma, separate, lumaDepth, chromaDepth);
  }

  /**
   * Pictures a second by the usability information (section E.1.1); 0 where it is not there.
   *
   * @param bits of what follows the header of the NAL unit
   */
  static double frameRate(BitReader bits) {
    parse(bits);
    if (!bits.flag()) { // vui_parameters_present_flag
      return 0;
    }
    VideoUsability.skipPicture(bits);
    return VideoUsability.tickRate(bits) / 2; // two of a picture
  }

  PictureSize size() {
    return new PictureSize(width, height);
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

  /**
   * @param chroma that the cropping counts in
   */
  private static PictureSize size(BitReader bits, int chroma) {
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
    int fields = frames ? 1 : 2;
    return PictureSize.cropped(
        bits, columns * MACROBLOCK, rows * MACROBLOCK * fields, chroma, fields);
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
      skipOrderCycle(bits);
    }
  }

  /** What type 1 of the order has. */
  static void skipOrderCycle(BitReader bits) {
    bits.bit(); // delta_pic_order_always_zero_flag
    bits.signed(); // offset_for_non_ref_pic
    bits.signed(); // offset_for_top_to_bottom_field
    int cycle = bits.unsigned();
    for (int i = 0; i < cycle && !bits.isOver(); i++) {
      bits.signed(); // offset_for_ref_frame
    }
  }
}
