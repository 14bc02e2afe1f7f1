package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.BitReader;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;

/** The sequence header of AV1 (section 5.5) as av1C and as a codec string. */
public final class Av1 {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int SRGB_IDENTITY = 1 << 16 | 13 << 8;

  private int profile;
  private int level;
  private int tier;
  private boolean highDepth;
  private boolean twelveBit;
  private boolean monochrome;
  private int subsampling;
  private int samplePosition;

  private Av1(ByteBuf obu) {
    int from = payload(obu);
    BitReader bits = BitReader.plain(obu, from, Math.max(0, obu.writerIndex() - from));
    profile = bits.bits(3);
    bits.bit(); // still_picture
    boolean reduced = bits.flag();
    if (reduced) {
      level = bits.bits(5);
    } else {
      operatingPoints(bits);
    }
    size(bits, reduced);
    tools(bits, reduced);
    color(bits);
  }

  /** The index of what follows the header of an OBU. */
  private static int payload(ByteBuf obu) {
    int header = obu.getByte(obu.readerIndex());
    int at = obu.readerIndex() + 1 + (header >> 2 & 1);
    if ((header & 2) != 0) {
      while (at < obu.writerIndex() && obu.getByte(at) < 0) {
        at++;
      }
      at++;
    }
    return at;
  }

  private void operatingPoints(BitReader bits) {
    boolean decoderModel = false;
    int delayBits = 0;
    if (bits.flag()) { // timing_info_present_flag
      bits.skip(64);
      if (bits.flag()) {
        bits.unsigned(); // num_ticks_per_picture_minus_1
      }
      decoderModel = bits.flag();
      if (decoderModel) {
        delayBits = bits.bits(5) + 1;
        bits.skip(32 + 5 + 5);
      }
    }
    boolean initialDelay = bits.flag();
    int points = bits.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      bits.skip(12); // operating_point_idc
      int pointLevel = bits.bits(5);
      int pointTier = pointLevel > 7 ? bits.bit() : 0;
      if (i == 0) {
        level = pointLevel;
        tier = pointTier;
      }
      if (decoderModel && bits.flag()) {
        bits.skip(2 * delayBits + 1);
      }
      if (initialDelay && bits.flag()) {
        bits.skip(4);
      }
    }
  }

  private static void size(BitReader bits, boolean reduced) {
    int widthBits = bits.bits(4) + 1;
    int heightBits = bits.bits(4) + 1;
    bits.skip(widthBits + heightBits);
    if (!reduced && bits.flag()) { // frame_id_numbers_present_flag
      bits.skip(7);
    }
  }

  private static void tools(BitReader bits, boolean reduced) {
    bits.skip(3); // superblocks of 128, filter intra, intra edge filter
    if (!reduced) {
      bits.skip(4); // interintra, masked, warped, dual filter
      boolean orderHint = bits.flag();
      bits.skip(orderHint ? 2 : 0);
      int screenContent = bits.flag() ? 2 : bits.bit();
      if (screenContent > 0 && !bits.flag()) {
        bits.bit(); // seq_force_integer_mv
      }
      bits.skip(orderHint ? 3 : 0);
    }
    bits.skip(3); // superres, cdef, restoration
  }

  private void color(BitReader bits) {
    highDepth = bits.flag();
    twelveBit = profile == 2 && highDepth && bits.flag();
    monochrome = profile != 1 && bits.flag();
    int description = bits.flag() ? bits.bits(24) : 0x020202;
    if (monochrome) {
      subsampling = 3;
      return;
    }
    if (description == SRGB_IDENTITY) {
      return;
    }
    bits.bit(); // color_range
    subsampling =
        switch (profile) {
          case 0 -> 3;
          case 1 -> 0;
          default -> twelveBit ? (bits.flag() ? 2 | bits.bit() : 0) : 2;
        };
    if (subsampling == 3) {
      samplePosition = bits.bits(2);
    }
  }

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
    Av1 header = new Av1(obu);
    ByteBuf out = Unpooled.buffer();
    out.writeByte(0x81);
    out.writeByte(header.profile << 5 | header.level);
    int depth = (header.highDepth ? 0x40 : 0) | (header.twelveBit ? 0x20 : 0);
    int chroma = (header.monochrome ? 0x10 : 0) | header.subsampling << 2 | header.samplePosition;
    out.writeByte(header.tier << 7 | depth | chroma);
    out.writeByte(0); // initial presentation delay: not known
    return out.writeBytes(obu, obu.readerIndex(), obu.readableBytes());
  }

  /** Such as {@code av01.0.04M.08}. */
  public static String codecString(FrameFormat format) {
    Av1 header = new Av1(format.parameterSets().get(0));
    int depth = header.twelveBit ? 12 : header.highDepth ? 10 : 8;
    return String.format(
        Locale.ROOT,
        "av01.%d.%02d%s.%02d",
        header.profile,
        header.level,
        header.tier == 0 ? "M" : "H",
        depth);
  }
}
