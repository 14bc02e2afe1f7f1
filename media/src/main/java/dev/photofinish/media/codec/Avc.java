package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H264Sps;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The AVCDecoderConfigurationRecord of H.264 (ISO/IEC 14496-15 section 5.3.3.1). */
public final class Avc {
  private static final Set<Integer> PROFILES_WITH_CHROMA = Set.of(100, 110, 122, 144);

  private Avc() {}

  private static List<ByteBuf> sequences(FrameFormat format) {
    return AnnexB.sets(format, NalSyntax.H264.sequenceSet());
  }

  private static List<ByteBuf> pictures(FrameFormat format) {
    return AnnexB.sets(format, NalSyntax.H264.pictureSet());
  }

  /** Whether both kinds of parameter sets are known: without them nothing can be described. */
  public static boolean isKnown(FrameFormat format) {
    List<ByteBuf> sequences = sequences(format);
    return !sequences.isEmpty()
        && sequences.get(0).readableBytes() >= 4
        && !pictures(format).isEmpty();
  }

  /** The content of avcC. */
  public static ByteBuf record(FrameFormat format) {
    List<ByteBuf> sequences = sequences(format);
    List<ByteBuf> pictures = pictures(format);
    H264Sps sps = H264Sps.of(sequences.get(0));
    ByteBuf out = Unpooled.buffer();
    out.writeByte(1).writeByte(sps.profile()).writeByte(sps.constraints()).writeByte(sps.level());
    out.writeByte(0xff); // lengths of 4 bytes
    out.writeByte(0xe0 | Math.min(31, sequences.size()));
    write(sequences, 31, out);
    out.writeByte(Math.min(255, pictures.size()));
    write(pictures, 255, out);
    if (PROFILES_WITH_CHROMA.contains(sps.profile())) {
      out.writeByte(0xfc | sps.chroma());
      out.writeByte(0xf8 | sps.lumaDepth()).writeByte(0xf8 | sps.chromaDepth());
      out.writeByte(0); // no SPS extensions
    }
    return out;
  }

  static void write(List<ByteBuf> sets, int most, ByteBuf out) {
    for (ByteBuf set : sets.subList(0, Math.min(most, sets.size()))) {
      out.writeShort(set.readableBytes());
      out.writeBytes(set, set.readerIndex(), set.readableBytes());
    }
  }

  /** Such as {@code avc1.64001f} (RFC 6381 section 3.3). */
  public static String codecString(String entry, FrameFormat format) {
    H264Sps sps = H264Sps.of(sequences(format).get(0));
    return String.format(
        Locale.ROOT, "%s.%02x%02x%02x", entry, sps.profile(), sps.constraints(), sps.level());
  }
}
