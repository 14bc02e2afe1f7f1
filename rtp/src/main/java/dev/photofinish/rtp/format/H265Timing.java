package dev.photofinish.rtp.format;

/**
 * The frame rate in the usability information of an SPS (H.265 sections 7.3.2.2.1 and E.2.1), and
 * all that has to be read before it. Whatever a broken SPS says, the work is bounded by its bits.
 */
final class H265Timing {
  private static final int MOST_SETS = 64;

  /** Of the reference pictures of a set (section A.4.2). */
  private static final int MOST_PICTURES = 16;

  private final BitReader bits;

  private H265Timing(BitReader bits) {
    this.bits = bits;
  }

  /**
   * Pictures a second; 0 where it is not there.
   *
   * @param bits behind the bit depths
   * @param subLayers sps_max_sub_layers_minus1
   */
  static double frameRate(BitReader bits, int subLayers) {
    return new H265Timing(bits).read(subLayers);
  }

  private double read(int subLayers) {
    int orderBits = Math.min(16, bits.unsigned() + 4);
    skipCodes(3 * (bits.flag() ? subLayers + 1 : 1));
    skipCodes(6); // sizes of blocks and depths of their trees
    boolean scaled = bits.flag();
    if (scaled && bits.flag()) {
      scalingLists();
    }
    bits.skip(2); // amp_enabled_flag, sample_adaptive_offset_enabled_flag
    if (bits.flag()) {
      bits.skip(8); // depths of PCM samples
      skipCodes(2);
      bits.bit();
    }
    shortTermSets();
    if (bits.flag()) {
      for (int left = bits.unsigned(); left > 0 && !bits.isOver(); left--) {
        bits.skip(orderBits + 1);
      }
    }
    bits.skip(2); // sps_temporal_mvp_enabled_flag, strong_intra_smoothing_enabled_flag
    return bits.flag() ? usability() : 0;
  }

  private void skipCodes(int count) {
    for (int i = 0; i < count; i++) {
      bits.unsigned();
    }
  }

  /** Section 7.3.4. */
  private void scalingLists() {
    for (int size = 0; size < 4; size++) {
      for (int matrix = 0; matrix < 6; matrix += size == 3 ? 3 : 1) {
        if (bits.flag()) {
          int coefficients = Math.min(64, 1 << (4 + (size << 1)));
          skipCodes(coefficients + (size > 1 ? 1 : 0));
        } else {
          bits.unsigned(); // scaling_list_pred_matrix_id_delta
        }
      }
    }
  }

  /** Section 7.3.7. */
  private void shortTermSets() {
    int count = Math.min(MOST_SETS, bits.unsigned());
    int before = 0;
    for (int i = 0; i < count && !bits.isOver(); i++) {
      before = i > 0 && bits.flag() ? predictedSet(before) : set();
    }
  }

  private int predictedSet(int before) {
    bits.bit(); // delta_rps_sign
    bits.unsigned(); // abs_delta_rps_minus1
    int pictures = 0;
    for (int i = 0; i <= before; i++) {
      boolean used = bits.flag();
      pictures += used || bits.flag() ? 1 : 0; // used_by_curr_pic_flag, else use_delta_flag
    }
    return Math.min(MOST_PICTURES, pictures);
  }

  private int set() {
    int pictures =
        Math.min(MOST_PICTURES, bits.unsigned()) + Math.min(MOST_PICTURES, bits.unsigned());
    for (int i = 0; i < pictures; i++) {
      bits.unsigned();
      bits.bit();
    }
    return pictures;
  }

  /** Section E.2.1. */
  private double usability() {
    VideoUsability.skipPicture(bits);
    bits.skip(3); // neutral chroma, fields
    skipCodes(bits.flag() ? 4 : 0); // default display window
    return VideoUsability.tickRate(bits);
  }
}
