package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * The part of a sequence parameter set that holds for all its pictures (H.264 section 7.3.2.1.1).
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
  /** Of a whole NAL unit, with its header; of a broken one the fields are arbitrary. */
  public static H264Sps of(ByteBuf unit) {
    int header = Math.min(NalSyntax.H264.headerBytes(), unit.readableBytes());
    return parse(new BitReader(unit, unit.readerIndex() + header, unit.readableBytes() - header));
  }

  /**
   * @param bits of what follows the header of the NAL unit; read to before
   *     vui_parameters_present_flag
   */
  static H264Sps parse(BitReader bits) {
    return H264SequenceHeader.read(bits).sps();
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
}
