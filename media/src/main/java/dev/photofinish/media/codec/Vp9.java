package dev.photofinish.media.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;

/**
 * The VPCodecConfigurationRecord of VP8 and VP9. The level is the lowest that has the picture's
 * size, because the stream does not say it.
 */
public final class Vp9 {
  /** Samples of a picture at most, by level (VP9 levels, luma picture size). */
  private static final int[][] LEVELS = {
    {36_864, 10},
    {122_880, 20},
    {245_760, 21},
    {552_960, 30},
    {983_040, 31},
    {2_228_224, 40},
    {8_912_896, 50}
  };

  private Vp9() {}

  /**
   * @param head of the first key frame
   */
  static int profile(ByteBuf head) {
    int first = head.isReadable() ? head.getUnsignedByte(head.readerIndex()) : 0;
    return (first >> 5 & 1) | (first >> 4 & 1) << 1;
  }

  static int level(int width, int height) {
    for (int[] level : LEVELS) {
      if ((long) width * height <= level[0]) {
        return level[1];
      }
    }
    return 60;
  }

  private static int depth(int profile) {
    return profile >= 2 ? 10 : 8;
  }

  /** The content of vpcC, a full box. */
  public static ByteBuf record(int profile, int width, int height) {
    ByteBuf out = Unpooled.buffer();
    out.writeInt(1 << 24);
    out.writeByte(profile).writeByte(level(width, height));
    int subsampling = (profile & 1) == 0 ? 1 : 3;
    out.writeByte(depth(profile) << 4 | subsampling << 1);
    return out.writeByte(2).writeByte(2).writeByte(2).writeShort(0); // colours are not described
  }

  /** Of the beginning of a frame of VP9. */
  public static ByteBuf record(ByteBuf head, int width, int height) {
    return record(profile(head), width, height);
  }

  /** Such as {@code vp09.00.31.08}. */
  public static String codecString(ByteBuf head, int width, int height) {
    int profile = profile(head);
    return String.format(
        Locale.ROOT, "vp09.%02d.%02d.%02d", profile, level(width, height), depth(profile));
  }
}
