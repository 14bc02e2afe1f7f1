package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * The beginning of a VP9 frame (VP9 bitstream specification section 6.2).
 *
 * @param size of a key frame; unknown of others
 */
record Vp9Header(boolean isKey, PictureSize size) {
  private static final Vp9Header NO_KEY = new Vp9Header(false, PictureSize.UNKNOWN);
  private static final int MARKER = 2;
  private static final int SYNC_CODE = 0x498342;
  private static final int RGB = 7;

  static Vp9Header read(ByteBuf in, int index, int length) {
    BitReader bits = BitReader.plain(in, index, length);
    int marker = bits.bits(2);
    int profile = bits.bit() | bits.bit() << 1;
    bits.skip(profile == 3 ? 1 : 0);
    boolean showsExisting = bits.flag();
    boolean inter = bits.flag();
    bits.skip(2); // show_frame, error_resilient_mode
    if (marker != MARKER || showsExisting || inter || bits.bits(24) != SYNC_CODE) {
      return NO_KEY;
    }
    color(bits, profile);
    int width = bits.bits(16) + 1;
    int height = bits.bits(16) + 1;
    return new Vp9Header(true, PictureSize.of(bits, width, height));
  }

  private static void color(BitReader bits, int profile) {
    bits.skip(profile >= 2 ? 1 : 0); // ten_or_twelve_bit
    boolean odd = (profile & 1) != 0;
    if (bits.bits(3) != RGB) {
      bits.skip(odd ? 1 + 3 : 1); // color_range, subsampling
    } else {
      bits.skip(odd ? 1 : 0);
    }
  }
}
