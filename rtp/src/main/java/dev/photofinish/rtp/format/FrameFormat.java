package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The description that a decoder needs before its first frame. Two of them are equal when a decoder
 * need not be set up again between their frames.
 *
 * @param clockRate ticks of {@link Frame#timestamp} a second
 * @param sampleRate of audio, in Hz; 0 for other media, and where only the first frame says
 * @param channels of audio; 0 for other media, and where it is not known
 * @param width of the picture in pixels, after cropping; 0 where it is not known
 * @param height of the picture in pixels, after cropping; 0 where it is not known
 * @param parameterSets the codec's own description, as it is known so far: the parameter sets of
 *     H.264 (SPS, PPS), H.265 and H.266 (VPS, SPS, PPS) without start codes, the sequence header
 *     OBU of AV1, the AudioSpecificConfig of AAC, the VisualObjectSequence of MPEG-4 visual; empty
 *     for codecs without one. Read-only; nothing has to be released.
 */
public record FrameFormat(
    Codec codec,
    int clockRate,
    int sampleRate,
    int channels,
    int width,
    int height,
    List<ByteBuf> parameterSets) {

  /** Keeps a copy of the list. */
  public FrameFormat {
    parameterSets = List.copyOf(parameterSets);
  }

  /** Video of a size that is not known yet, without parameter sets. */
  public static FrameFormat video(Codec codec, int clockRate) {
    return new FrameFormat(codec, clockRate, 0, 0, 0, 0, List.of());
  }

  /** Audio without a description of its own. */
  public static FrameFormat audio(Codec codec, int clockRate, int sampleRate, int channels) {
    return new FrameFormat(codec, clockRate, sampleRate, channels, 0, 0, List.of());
  }

  /** Neither. */
  public static FrameFormat data(Codec codec, int clockRate) {
    return new FrameFormat(codec, clockRate, 0, 0, 0, 0, List.of());
  }

  /** The same with another picture size. */
  public FrameFormat withSize(int newWidth, int newHeight) {
    return new FrameFormat(
        codec, clockRate, sampleRate, channels, newWidth, newHeight, parameterSets);
  }

  /** The same with other parameter sets. */
  public FrameFormat withParameterSets(List<ByteBuf> sets) {
    return new FrameFormat(codec, clockRate, sampleRate, channels, width, height, sets);
  }

  /** A parameter set of these bytes, which must not change any more. */
  public static ByteBuf parameterSet(byte[] bytes) {
    return Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(bytes).asReadOnly());
  }
}
