package dev.photofinish.media;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.FrameTime;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;

/** Frames that are made up: what is in their slices means nothing. */
public final class Frames {
  /** Of 320 by 240 pixels, from x264 in its baseline profile. */
  private static final byte[] SPS =
      HexFormat.of().parseHex("6742c00dd90141fb0110000003001000000303c0f1429900");

  private static final byte[] PPS = HexFormat.of().parseHex("68cb83cb20");

  public static final FrameFormat H264 =
      FrameFormat.video(Codec.H264, 90_000)
          .withSize(320, 240)
          .withParameterSets(List.of(FrameFormat.parameterSet(SPS), FrameFormat.parameterSet(PPS)));
  public static final FrameFormat PCMU = FrameFormat.audio(Codec.PCMU, 8000, 8000, 1);
  public static final FrameFormat AAC = FrameFormat.audio(Codec.AAC, 48_000, 48_000, 1);

  private static final long MILLI = 1_000_000L;

  private Frames() {}

  /** A picture of one slice, media 0. */
  public static Frame picture(long millis, boolean key, int... slice) {
    return picture(H264, millis, key, false, false, slice);
  }

  public static Frame picture(
      FrameFormat format,
      long millis,
      boolean key,
      boolean damaged,
      boolean discontinuity,
      int... slice) {
    byte[] content = new byte[5 + slice.length];
    content[3] = 1;
    content[4] = (byte) (key ? 0x65 : 0x41);
    for (int i = 0; i < slice.length; i++) {
      content[5 + i] = (byte) slice[i];
    }
    RandomAccess access = key ? RandomAccess.IDR : RandomAccess.NONE;
    return Frame.of(0, format, Unpooled.wrappedBuffer(content), new int[] {0}, 0, access, damaged)
        .at(time(millis, discontinuity));
  }

  /** 20 ms of silence, media 1. */
  public static Frame sound(long millis) {
    return Frame.of(
            1,
            PCMU,
            Unpooled.wrappedBuffer(new byte[160]),
            new int[0],
            160,
            RandomAccess.IDR,
            false)
        .at(time(millis, false));
  }

  private static FrameTime time(long millis, boolean discontinuity) {
    return new FrameTime(millis * MILLI, true, null, discontinuity);
  }
}
