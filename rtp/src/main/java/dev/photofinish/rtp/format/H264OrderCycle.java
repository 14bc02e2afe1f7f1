package dev.photofinish.rtp.format;

/**
 * The order of pictures of type 1 (H.264 section 7.4.2.1.1): the count of a picture is expected by
 * its frame_num, and its slices say how far it is from there.
 *
 * @param exact delta_pic_order_always_zero_flag: slices say nothing
 * @param nonReference offset_for_non_ref_pic
 * @param bottom offset_for_top_to_bottom_field
 * @param upTo the sums of offset_for_ref_frame from the first one of the cycle up to each; empty
 *     where there is no cycle
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record H264OrderCycle(boolean exact, int nonReference, int bottom, long[] upTo) {
  private static final int MOST_FRAMES = 255;

  static H264OrderCycle read(BitReader bits) {
    boolean exact = bits.flag();
    int nonReference = bits.signed();
    int bottom = bits.signed();
    long[] upTo = new long[Math.min(MOST_FRAMES, bits.unsigned())];
    long sum = 0;
    for (int i = 0; i < upTo.length && !bits.isOver(); i++) {
      sum += bits.signed();
      upTo[i] = sum;
    }
    return new H264OrderCycle(exact, nonReference, bottom, upTo);
  }

  /**
   * The count expected of a picture (section 8.2.1.2, formulas 8-7 to 8-9).
   *
   * @param number its frame_num, counted on beyond its wrap-around
   */
  long expected(long number, boolean reference) {
    long frame = upTo.length == 0 ? 0 : !reference && number > 0 ? number - 1 : number;
    long count = 0;
    if (frame > 0) {
      long cycles = (frame - 1) / upTo.length;
      count = cycles * upTo[upTo.length - 1] + upTo[(int) ((frame - 1) % upTo.length)];
    }
    return reference ? count : count + nonReference;
  }
}
