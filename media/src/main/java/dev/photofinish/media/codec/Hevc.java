package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.BitReader;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;

/** The HEVCDecoderConfigurationRecord of H.265 (ISO/IEC 14496-15 section 8.3.3.1). */
public final class Hevc {
  private static final int VPS = 32;
  private static final int SPS = 33;
  private static final int PPS = 34;

  private final int profile;
  private final int compatibility;
  private final long constraints;
  private final int level;
  private final int temporalLayers;
  private final boolean temporalNesting;
  private final int chroma;
  private final int lumaDepth;
  private final int chromaDepth;

  private Hevc(ByteBuf sps) {
    BitReader bits = new BitReader(sps, sps.readerIndex() + 2, sps.readableBytes() - 2);
    bits.skip(4); // sps_video_parameter_set_id
    int subLayers = bits.bits(3);
    temporalLayers = subLayers + 1;
    temporalNesting = bits.flag();
    profile = bits.bits(8);
    compatibility = bits.bits(32);
    constraints = (bits.bits(24) & 0xff_ffffL) << 24 | (bits.bits(24) & 0xff_ffffL);
    level = bits.bits(8);
    skipSubLayers(bits, subLayers);
    bits.unsigned(); // sps_seq_parameter_set_id
    chroma = bits.unsigned() & 3;
    if (chroma == 3) {
      bits.bit(); // separate_colour_plane_flag
    }
    bits.unsigned(); // pic_width_in_luma_samples
    bits.unsigned(); // pic_height_in_luma_samples
    if (bits.flag()) {
      for (int i = 0; i < 4; i++) {
        bits.unsigned(); // conf_win offsets
      }
    }
    lumaDepth = bits.unsigned() & 7;
    chromaDepth = bits.unsigned() & 7;
  }

  private static void skipSubLayers(BitReader bits, int subLayers) {
    int flags = subLayers > 0 ? bits.bits(16) : 0;
    for (int i = 0; i < subLayers; i++) {
      int both = flags >> (14 - 2 * i) & 3;
      bits.skip((both & 2) != 0 ? 88 : 0); // its profile
      bits.skip((both & 1) != 0 ? 8 : 0); // its level
    }
  }

  /** Whether all three kinds of parameter sets are known. */
  public static boolean isKnown(FrameFormat format) {
    return !NalUnits.sets(format, VPS).isEmpty()
        && !NalUnits.sets(format, SPS).isEmpty()
        && !NalUnits.sets(format, PPS).isEmpty();
  }

  private static Hevc of(FrameFormat format) {
    return new Hevc(NalUnits.sets(format, SPS).get(0));
  }

  /**
   * The content of hvcC.
   *
   * @param complete whether parameter sets stand here alone, and not in the stream
   */
  public static ByteBuf record(FrameFormat format, boolean complete) {
    Hevc sps = of(format);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(1).writeByte(sps.profile).writeInt(sps.compatibility);
    out.writeShort((int) (sps.constraints >> 32)).writeInt((int) sps.constraints);
    out.writeByte(sps.level);
    out.writeShort(0xf000); // min_spatial_segmentation_idc: not known
    out.writeByte(0xfc); // parallelismType: not known
    out.writeByte(0xfc | sps.chroma);
    out.writeByte(0xf8 | sps.lumaDepth).writeByte(0xf8 | sps.chromaDepth);
    out.writeShort(0); // avgFrameRate: not known
    int nesting = sps.temporalNesting ? 4 : 0;
    out.writeByte((sps.temporalLayers & 7) << 3 | nesting | 3); // lengths of 4 bytes
    out.writeByte(3);
    for (int type : new int[] {VPS, SPS, PPS}) {
      List<ByteBuf> sets = NalUnits.sets(format, type);
      out.writeByte((complete ? 0x80 : 0) | type).writeShort(sets.size());
      Avc.write(sets, sets.size(), out);
    }
    return out;
  }

  /** Such as {@code hvc1.1.6.L93.B0} (ISO/IEC 14496-15 annex E.3). */
  public static String codecString(String entry, FrameFormat format) {
    Hevc sps = of(format);
    int space = sps.profile >> 6;
    StringBuilder text = new StringBuilder(entry).append('.');
    if (space > 0) {
      text.append((char) ('A' + space - 1));
    }
    text.append(sps.profile & 0x1f).append('.');
    text.append(hex(Integer.toUnsignedLong(Integer.reverse(sps.compatibility))));
    text.append((sps.profile & 0x20) != 0 ? ".H" : ".L").append(sps.level);
    for (long left = sps.constraints << 16; left != 0; left <<= 8) {
      text.append('.').append(hex(left >>> 56));
    }
    return text.toString();
  }

  private static String hex(long value) {
    return Long.toHexString(value).toUpperCase(Locale.ROOT);
  }
}
