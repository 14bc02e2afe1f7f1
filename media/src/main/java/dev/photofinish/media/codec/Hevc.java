package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.H265Sps;
import dev.photofinish.rtp.format.NalSyntax;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;

/** The HEVCDecoderConfigurationRecord of H.265 (ISO/IEC 14496-15 section 8.3.3.1). */
public final class Hevc {
  private Hevc() {}

  /** Whether all three kinds of parameter sets are known. */
  public static boolean isKnown(FrameFormat format) {
    return NalSyntax.H265.parameterSets().stream()
        .noneMatch(type -> AnnexB.sets(format, type).isEmpty());
  }

  private static H265Sps sequence(FrameFormat format) {
    return H265Sps.of(AnnexB.sets(format, NalSyntax.H265.sequenceSet()).get(0));
  }

  /**
   * The content of hvcC.
   *
   * @param complete whether parameter sets stand here alone, and not in the stream
   */
  public static ByteBuf record(FrameFormat format, boolean complete) {
    H265Sps sps = sequence(format);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(1).writeByte(sps.profile()).writeInt(sps.compatibility());
    out.writeShort((int) (sps.constraints() >> 32)).writeInt((int) sps.constraints());
    out.writeByte(sps.level());
    out.writeShort(0xf000); // min_spatial_segmentation_idc: not known
    out.writeByte(0xfc); // parallelismType: not known
    out.writeByte(0xfc | sps.chroma());
    out.writeByte(0xf8 | sps.lumaDepth()).writeByte(0xf8 | sps.chromaDepth());
    out.writeShort(0); // avgFrameRate: not known
    int nesting = sps.temporalNesting() ? 4 : 0;
    out.writeByte((sps.temporalLayers() & 7) << 3 | nesting | 3); // lengths of 4 bytes
    out.writeByte(3);
    for (int type : NalSyntax.H265.parameterSets()) {
      List<ByteBuf> sets = AnnexB.sets(format, type);
      out.writeByte((complete ? 0x80 : 0) | type).writeShort(sets.size());
      Avc.write(sets, sets.size(), out);
    }
    return out;
  }

  /** Such as {@code hvc1.1.6.L93.B0} (ISO/IEC 14496-15 annex E.3). */
  public static String codecString(String entry, FrameFormat format) {
    H265Sps sps = sequence(format);
    int space = sps.profile() >> 6;
    StringBuilder text = new StringBuilder(entry).append('.');
    if (space > 0) {
      text.append((char) ('A' + space - 1));
    }
    text.append(sps.profile() & 0x1f).append('.');
    text.append(hex(Integer.toUnsignedLong(Integer.reverse(sps.compatibility()))));
    text.append((sps.profile() & 0x20) != 0 ? ".H" : ".L").append(sps.level());
    for (long left = sps.constraints() << 16; left != 0; left <<= 8) {
      text.append('.').append(hex(left >>> 56));
    }
    return text.toString();
  }

  private static String hex(long value) {
    return Long.toHexString(value).toUpperCase(Locale.ROOT);
  }
}
