package dev.photofinish.rtp.format;

/** Reads what the usability information of H.264 (section E.1.1) and H.265 (E.2.1) share. */
final class VideoUsability {
  /** aspect_ratio_idc with the ratio behind it. */
  private static final int EXTENDED_SAR = 255;

  private VideoUsability() {}

  /** Skips its beginning, to where chroma samples lie. */
  static void skipPicture(BitReader bits) {
    if (bits.flag() && bits.bits(8) == EXTENDED_SAR) {
      bits.skip(32);
    }
    if (bits.flag()) {
      bits.bit(); // overscan_appropriate_flag
    }
    if (bits.flag()) {
      bits.skip(4); // video_format, video_full_range_flag
      bits.skip(bits.flag() ? 24 : 0);
    }
    if (bits.flag()) {
      bits.unsigned(); // chroma_sample_loc_type_top_field
      bits.unsigned();
    }
  }

  /** Ticks a second; 0 where they are not said. */
  static double tickRate(BitReader bits) {
    boolean timed = bits.flag();
    long units = Integer.toUnsignedLong(bits.bits(32));
    long scale = Integer.toUnsignedLong(bits.bits(32));
    return timed && units > 0 && !bits.isOver() ? (double) scale / units : 0;
  }
}
