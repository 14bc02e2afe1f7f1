package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.BitReader;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The AVCDecoderConfigurationRecord of H.264 (ISO/IEC 14496-15 section 5.3.3.1). */
public final class Avc {
  private static final Set<Integer> PROFILES_WITH_CHROMA = Set.of(100, 110, 122, 144);

  private Avc() {}

  /** Whether both kinds of parameter sets are known: without them nothing can be described. */
  public static boolean isKnown(FrameFormat format) {
    List<ByteBuf> sequences = NalUnits.sets(format, 7);
    return !sequences.isEmpty()
        && sequences.get(0).readableBytes() >= 4
        && !NalUnits.sets(format, 8).isEmpty();
  }

  /** The content of avcC. */
  public static ByteBuf record(FrameFormat format) {
    List<ByteBuf> sequences = NalUnits.sets(format, 7);
    List<ByteBuf> pictures = NalUnits.sets(format, 8);
    ByteBuf sps = sequences.get(0);
    int profile = sps.getUnsignedByte(sps.readerIndex() + 1);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(1).writeBytes(sps, sps.readerIndex() + 1, 3);
    out.writeByte(0xff); // lengths of 4 bytes
    out.writeByte(0xe0 | Math.min(31, sequences.size()));
    write(sequences, 31, out);
    out.writeByte(Math.min(255, pictures.size()));
    write(pictures, 255, out);
    if (PROFILES_WITH_CHROMA.contains(profile)) {
      chroma(sps, out);
    }
    return out;
  }

  static void write(List<ByteBuf> sets, int most, ByteBuf out) {
    for (ByteBuf set : sets.subList(0, Math.min(most, sets.size()))) {
      out.writeShort(set.readableBytes());
      out.writeBytes(set, set.readerIndex(), set.readableBytes());
    }
  }

  private static void chroma(ByteBuf sps, ByteBuf out) {
    BitReader bits = new BitReader(sps, sps.readerIndex() + 4, sps.readableBytes() - 4);
    bits.unsigned(); // seq_parameter_set_id
    int chroma = bits.unsigned();
    if (chroma == 3) {
      bits.bit(); // separate_colour_plane_flag
    }
    out.writeByte(0xfc | (chroma & 3));
    out.writeByte(0xf8 | (bits.unsigned() & 7));
    out.writeByte(0xf8 | (bits.unsigned() & 7));
    out.writeByte(0); // no SPS extensions
  }

  /** Such as {@code avc1.64001f} (RFC 6381 section 3.3). */
  public static String codecString(String entry, FrameFormat format) {
    ByteBuf sps = NalUnits.sets(format, 7).get(0);
    return String.format(
        Locale.ROOT, "%s.%06x", entry, sps.getUnsignedMedium(sps.readerIndex() + 1));
  }
}
