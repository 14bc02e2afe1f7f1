package dev.photofinish.rtp.format;

/**
 * A sequence parameter set and how far its pictures are reordered (H.264 section E.1.1).
 *
 * @param reordered pictures that may come before one that is shown before them:
 *     max_num_reorder_frames, or what the level allows
 */
record H264PictureSps(H264SequenceHeader header, int reordered) {
  private static final int BASELINE = 66;
  private static final int MOST_REORDERED = 16;

  /**
   * @param bits of what follows the header of the NAL unit
   */
  static H264PictureSps parse(BitReader bits) {
    H264SequenceHeader header = H264SequenceHeader.read(bits);
    int reordered = bits.flag() ? restriction(bits) : -1;
    if (reordered < 0) {
      boolean inOrder = header.references() <= 1 || header.sps().profile() == BASELINE;
      reordered = inOrder ? 0 : mostPictures(header.sps().level(), header.macroblocks());
    }
    return new H264PictureSps(
        header, header.orderType() == 2 ? 0 : Math.min(MOST_REORDERED, reordered));
  }

  /** max_num_reorder_frames; 0 where the SPS does not say it. */
  static int saidReordered(BitReader bits) {
    int type = H264SequenceHeader.read(bits).orderType();
    int reordered = bits.flag() ? restriction(bits) : 0;
    return type == 2 ? 0 : Math.max(0, Math.min(MOST_REORDERED, reordered));
  }

  /** max_num_reorder_frames; -1 where it is not there. */
  private static int restriction(BitReader bits) {
    VideoUsability.skipPicture(bits);
    bits.skip(bits.flag() ? 65 : 0); // num_units_in_tick, time_scale, fixed_frame_rate_flag
    boolean nal = bits.flag();
    if (nal) {
      skipDecoder(bits);
    }
    boolean video = bits.flag();
    if (video) {
      skipDecoder(bits);
    }
    bits.skip(nal || video ? 2 : 1); // low_delay_hrd_flag, pic_struct_present_flag
    if (!bits.flag()) {
      return -1;
    }
    bits.bit(); // motion_vectors_over_pic_boundaries_flag
    for (int i = 0; i < 4; i++) {
      bits.unsigned(); // largest sizes of pictures, macroblocks and vectors
    }
    int reordered = bits.unsigned();
    return bits.isOver() ? -1 : reordered;
  }

  /** hrd_parameters (section E.1.2). */
  private static void skipDecoder(BitReader bits) {
    int count = Math.min(32, bits.unsigned() + 1);
    bits.skip(8); // scales
    for (int i = 0; i < count && !bits.isOver(); i++) {
      bits.unsigned();
      bits.unsigned();
      bits.bit();
    }
    bits.skip(20); // lengths of delays and of times
  }

  /** MaxDpbFrames (section A.3.1 h, table A-1). */
  private static int mostPictures(int level, long macroblocks) {
    int most =
        switch (level) {
          case 9, 10 -> 396;
          case 11 -> 900;
          case 12, 13, 20 -> 2_376;
          case 21 -> 4_752;
          case 22, 30 -> 8_100;
          case 31 -> 18_000;
          case 32 -> 20_480;
          case 40, 41 -> 32_768;
          case 42 -> 34_816;
          case 50 -> 110_400;
          case 51, 52 -> 184_320;
          default -> 696_320;
        };
    return (int) Math.min(MOST_REORDERED, most / macroblocks);
  }
}
