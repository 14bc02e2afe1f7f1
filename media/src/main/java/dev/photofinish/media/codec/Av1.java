package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.Av1SequenceHeader;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;

/** The sequence header of AV1 (section 5.5) as av1C and as a codec string. */
public final class Av1 {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;

  private Av1() {}

  public static boolean isKnown(FrameFormat format) {
    return !format.parameterSets().isEmpty()
        && format.parameterSets().get(0).isReadable(2)
        && type(format.parameterSets().get(0)) == SEQUENCE_HEADER;
  }

  private static int type(ByteBuf obu) {
    return obu.getByte(obu.readerIndex()) >> 3 & 0xf;
  }

  /** Whether an OBU separates temporal units, which a container does itself. */
  public static boolean isDelimiter(ByteBuf obu) {
    return obu.isReadable() && type(obu) == TEMPORAL_DELIMITER;
  }

  /** The content of av1C (AV1 in ISO BMFF section 2.3.3). */
  public static ByteBuf record(FrameFormat format) {
    ByteBuf obu = format.parameterSets().get(0);
    Av1SequenceHeader header = Av1SequenceHeader.of(obu);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(0x81);
    out.writeByte(header.profile() << 5 | header.level());
    int depth = (header.bitDepth() > 8 ? 0x40 : 0) | (header.bitDepth() == 12 ? 0x20 : 0);
    int chroma = header.subsampling() << 2 | header.samplePosition();
    int monochrome = header.isMonochrome() ? 0x10 : 0;
    out.writeByte(header.tier() << 7 | depth | monochrome | chroma);
    out.writeByte(0); // initial presentation delay: not known
    return out.writeBytes(obu, obu.readerIndex(), obu.readableBytes());
  }

  /** Such as {@code av01.0.04M.08}. */
  public static String codecString(FrameFormat format) {
    Av1SequenceHeader header = Av1SequenceHeader.of(format.parameterSets().get(0));
    return String.format(
        Locale.ROOT,
        "av01.%d.%02d%s.%02d",
        header.profile(),
        header.level(),
        header.tier() == 0 ? "M" : "H",
        header.bitDepth());
  }
}
