package dev.photofinish.rtp.format;

/**
 * The size of a picture after cropping, in pixels.
 *
 * @param width 0 where it is not known
 * @param height 0 where it is not known
 */
record PictureSize(int width, int height) {
  static final PictureSize UNKNOWN = new PictureSize(0, 0);

  /** Of H.264 and H.265 level 6.2, on either side; more is a header that was read wrongly. */
  private static final int LARGEST = 16_888;

  /** Unknown if the header that says it is over too soon, or it is none. */
  static PictureSize of(BitReader bits, long width, long height) {
    boolean right =
        !bits.isOver() && width > 0 && width <= LARGEST && height > 0 && height <= LARGEST;
    return right ? new PictureSize((int) width, (int) height) : UNKNOWN;
  }
}
