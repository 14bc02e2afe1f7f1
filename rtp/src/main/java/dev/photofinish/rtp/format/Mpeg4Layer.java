package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** Reads the picture's size from a video object layer (ISO/IEC 14496-2 section 6.2.3). */
final class Mpeg4Layer {
  private static final int FIRST = 0x20;
  private static final int LAST = 0x2f;
  private static final int EXTENDED_PAR = 15;

  private Mpeg4Layer() {}

  /** Of the first layer in these headers. */
  static PictureSize size(ByteBuf in, int index, int length) {
    int end = index + length;
    int at = StartCodes.next(in, index, end);
    while (at < end) {
      int code = StartCodes.at(in, at, end);
      if (code >= FIRST && code <= LAST) {
        int from = at + StartCodes.BYTES;
        return size(BitReader.plain(in, from, end - from));
      }
      at = StartCodes.next(in, at + 1, end);
    }
    return PictureSize.UNKNOWN;
  }

  private static PictureSize size(BitReader bits) {
    bits.skip(1 + 8); // random_accessible_vol, video_object_type_indication
    int version = 1;
    if (bits.flag()) {
      version = bits.bits(4);
      bits.skip(3); // video_object_layer_priority
    }
    bits.skip(bits.bits(4) == EXTENDED_PAR ? 16 : 0);
    if (bits.flag()) {
      bits.skip(2 + 1); // chroma_format, low_delay
      bits.skip(bits.flag() ? 79 : 0); // vbv_parameters
    }
    int shape = bits.bits(2);
    bits.skip(shape == 3 && version != 1 ? 4 : 0);
    bits.skip(1);
    int resolution = bits.bits(16); // vop_time_increment_resolution
    bits.skip(1);
    if (bits.flag()) {
      bits.skip(Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(1, resolution) - 1)));
    }
    if (shape != 0) {
      return PictureSize.UNKNOWN; // no rectangle
    }
    bits.skip(1);
    int width = bits.bits(13);
    bits.skip(1);
    return PictureSize.of(bits, width, bits.bits(13));
  }
}
