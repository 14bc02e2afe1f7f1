package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where frames stand in the order in which they are shown. */
interface PictureOrder {
  /**
   * The place of a frame.
   *
   * @param begins whether all frames before it are shown before it, and counts start again
   * @param count the picture order count; a frame with a lower one is shown before
   * @param reordered frames that may come before one that is shown before them
   */
  record Place(boolean begins, long count, int reordered) {}

  /** Of the next frame in decoding order; empty where it does not say it. */
  Optional<Place> next(Frame frame);

  /** Of a codec whose frames may be shown in another order; null for others. */
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

  /**
   * The full count of a picture (H.264 section 8.2.1.1, H.265 section 8.3.1).
   *
   * @param low its lower bits
   * @param bits how many these are
   * @param before the full count of the picture that it refers to
   */
  static long count(int low, int bits, long before) {
    long range = 1L << bits;
    long lowBefore = before & (range - 1);
    long high = before - lowBefore;
    if (low < lowBefore && lowBefore - low >= range / 2) {
      high += range;
    } else if (low > lowBefore && low - lowBefore > range / 2) {
      high -= range;
    }
    return high + low;
  }
}
