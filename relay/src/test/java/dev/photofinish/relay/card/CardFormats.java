package dev.photofinish.relay.card;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import java.util.HexFormat;
import java.util.List;

/** The formats of cameras that cards are for. */
final class CardFormats {
  private CardFormats() {}

  /** Of pictures of 8 bits, in 4:2:0. */
  static FrameFormat of(Codec codec, int width, int height) {
    return switch (codec) {
      case H264 ->
          // Constrained Baseline, level 3.1
          format(codec, width, height, HexFormat.of().parseHex("6742c01f"));
      case H265 -> h265(width, height, 1, 8);
      default -> FrameFormat.video(codec, 90_000).withSize(width, height);
    };
  }

  /**
   * H.265 of level 5.1.
   *
   * @param chroma chroma_format_idc
   * @param depth of samples, in bits
   */
  static FrameFormat h265(int width, int height, int chroma, int depth) {
    BitWriter sps = new BitWriter().bits(0, 7).flag(true);
    sps.bits(1, 8).bits(0, 32).bits(0, 32).bits(0, 16).bits(153, 8);
    sps.ue(0).ue(chroma).ue(width).ue(height).flag(false).ue(depth - 8).ue(depth - 8);
    return format(Codec.H265, width, height, sps.trailing().unit(33 << 1, 1));
  }

  private static FrameFormat format(Codec codec, int width, int height, byte[] sequenceSet) {
    return FrameFormat.video(codec, 90_000)
        .withSize(width, height)
        .withParameterSets(List.of(FrameFormat.parameterSet(sequenceSet)));
  }
}
