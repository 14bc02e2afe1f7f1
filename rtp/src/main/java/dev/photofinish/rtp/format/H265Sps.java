package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * The beginning of a sequence parameter set (H.265 section 7.3.2.2.1).
 *
 * @param id sps_seq_parameter_set_id
 * @param temporalLayers 1 or more
 * @param profile general_profile_space, general_tier_flag and general_profile_idc, as in their byte
 * @param compatibility general_profile_compatibility_flags, the first one highest
 * @param constraints the 48 bits behind these
 * @param level general_level_idc
 * @param chroma chroma_format_idc
 * @param lumaDepth bit_depth_luma_minus8
 * @param chromaDepth bit_depth_chroma_minus8
 * @param width in pixels after cropping; 0 where it is not known
 * @param height in pixels after cropping; 0 where it is not known
 */
public record H265Sps(
    int id,
    int temporalLayers,
    boolean temporalNesting,
    int profile,
    int compatibility,
    long constraints,
    int level,
    int chroma,
    int lumaDepth,
    int chromaDepth,
    int width,
    int height) {

  /** Of a whole NAL unit, with its header; of a broken one the fields are arbitrary. */
  public static H265Sps of(ByteBuf unit) {
    int header = Math.min(NalSyntax.H265.headerBytes(), unit.readableBytes());
    return parse(new BitReader(unit, unit.readerIndex() + header, unit.readableBytes() - header));
  }

  /**
   * @param bits of what follows the header of the NAL unit
   */
  static H265Sps parse(BitReader bits) {
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = bits.bits(3);
    boolean nesting = bits.flag();
    int profile = bits.bits(8);
    int compatibility = bits.bits(32);
    long constraints = (bits.bits(24) & 0xff_ffffL) << 24 | (bits.bits(24) & 0xff_ffffL);
    int level = bits.bits(8);
    skipSubLayers(bits, subLayers);
    int id = bits.unsigned();
    int chroma = bits.unsigned() & 3;
    boolean separate = chroma == 3 && bits.flag();
    PictureSize size = size(bits, separate ? 0 : chroma);
    return new H265Sps(
        id,
        subLayers + 1,
        nesting,
        profile,
        compatibility,
        constraints,
        level,
        chroma,
        bits.unsigned() & 7,
        bits.unsigned() & 7,
        size.width(),
        size.height());
  }

  /** Section 7.3.3. */
  private static void skipSubLayers(BitReader bits, int subLayers) {
    int flags = subLayers > 0 ? bits.bits(16) : 0;
    for (int i = 0; i < subLayers; i++) {
      int both = flags >> (14 - 2 * i) & 3;
      bits.skip((both & 2) != 0 ? 88 : 0); // its profile
      bits.skip((both & 1) != 0 ? 8 : 0); // its level
    }
  }

  /**
   * @param chroma that the window of what is shown counts in
   */
  private static PictureSize size(BitReader bits, int chroma) {
    long width = bits.unsigned();
    long height = bits.unsigned();
    return PictureSize.cropped(bits, width, height, chroma, 1);
  }

  /**
   * Pictures a second by the usability information (section E.2.1); 0 where it is not there.
   *
   * @param bits of what follows the header of the NAL unit
   */
  static double frameRate(BitReader bits) {
    return H265Timing.frameRate(bits, parse(bits).temporalLayers() - 1);
  }

  PictureSize size() {
    return new PictureSize(width, height);
  }
}
