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

  /**
   * The size within the window that the header crops to, if it has one: it is read here.
   *
   * @param width before cropping
   * @param height before cropping
   * @param chroma that the window counts in: chroma_format_idc, 0 where planes are separate
   * @param fields 2 where the window counts in rows of fields, else 1
   */
  static PictureSize cropped(BitReader bits, long width, long height, int chroma, int fields) {
    if (!bits.flag()) {
      return of(bits, width, height);
    }
    long unitX = chroma == 1 || chroma == 2 ? 2 : 1;
    long unitY = (chroma == 1 ? 2L : 1L) * fields;
    long left = width - unitX * ((long) bits.unsigned() + bits.unsigned());
    return of(bits, left, height - unitY * ((long) bits.unsigned() + bits.unsigned()));
  }

  /** Unknown if the header that says it is over too soon, or it is none. */
  static PictureSize of(BitReader bits, long width, long height) {
    boolean right =
        !bits.isOver() && width > 0 && width <= LARGEST && height > 0 && height <= LARGEST;
    return right ? new PictureSize((int) width, (int) height) : UNKNOWN;
  }
}
