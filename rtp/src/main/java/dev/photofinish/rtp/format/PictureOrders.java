package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The orders of pictures that can be read, by codec. */
final class PictureOrders {
  private PictureOrders() {}

  /** The order of a codec whose frames may be shown in another; null for others. */
  static @Nullable PictureOrder of(Codec codec) {
    return switch (codec) {
      case H264 -> new H264PictureOrder();
      case H265 -> new H265PictureOrder();
      default -> null;
    };
  }

  /**
   * Pictures that may come before one that is shown before them, by the SPS of a format: at most
   * 16; 0 where it does not say it.
   */
  static int reordered(FrameFormat format) {
    int most = 0;
    for (ByteBuf set : format.parameterSets()) {
      if (format.codec() == Codec.H264 && isSequenceSet(NalSyntax.H264, set)) {
        int header = set.readerIndex() + 1;
        BitReader bits = new BitReader(set, header, set.readableBytes() - 1);
        most = Math.max(most, H264PictureSps.saidReordered(bits));
      } else if (format.codec() == Codec.H265 && isSequenceSet(NalSyntax.H265, set)) {
        most = Math.max(most, H265PictureOrder.reordered(set));
      }
    }
    return most;
  }

  private static boolean isSequenceSet(NalSyntax syntax, ByteBuf set) {
    return syntax.type(set) == syntax.sequenceSet();
  }
}
