package dev.photofinish.relay.fanout;

import dev.photofinish.rtp.format.Frame;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.RandomAccess;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;
import java.util.List;

/**
 * The NAL unit (EOS_NUT) behind which a CRA picture of H.265 or H.266 begins a coded video sequence
 * of its own (H.265 section 7.4.2.4.2, H.266 section 7.4.2.4.2). In the middle of a stream a CRA
 * picture goes on counting: without the unit a decoder takes one that is sent again, or that comes
 * from another connection, for a duplicate, and its leading pictures for pictures that it can
 * decode.
 *
 * <p>It goes out in an aggregation packet (RFC 7798 section 4.4.2, RFC 9328 section 4.3.2) with the
 * access unit delimiter of the picture: FFmpeg takes no packet of two bytes.
 */
final class EndOfSequence {
  /** Types 48, 36 and 35, each in the lowest layer, and that all slices are intra. */
  private static final ByteBuf H265 = unit("6001 0002 4801 0003 4601 10");

  /** Types 28, 21 and 20, each in the lowest layer, and that all slices of this IRAP are intra. */
  private static final ByteBuf H266 = unit("00e1 0002 00a9 0003 00a1 88");

  private EndOfSequence() {}

  private static ByteBuf unit(String hex) {
    return FrameFormat.parameterSet(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /** The payloads to be sent before a key frame that does not go on from what was sent before. */
  static List<ByteBuf> before(Frame key) {
    if (key.randomAccess() != RandomAccess.CRA) {
      return List.of();
    }
    return switch (key.format().codec()) {
      case H265 -> List.of(H265);
      case H266 -> List.of(H266);
      default -> List.of();
    };
  }
}
