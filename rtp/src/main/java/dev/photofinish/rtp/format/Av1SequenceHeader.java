package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * The sequence header of AV1 (section 5.5.1) as far as a decoder's choice depends on it; of a
 * broken one the fields are arbitrary.
 *
 * @param level seq_level_idx of the first operating point
 * @param tier seq_tier of the first operating point
 * @param bitDepth 8, 10 or 12
 * @param subsampling subsampling_x, then subsampling_y: 3 is 4:2:0
 * @param samplePosition chroma_sample_position
 * @param width in pixels; 0 where it is not known
 * @param height in pixels; 0 where it is not known
 */
public record Av1SequenceHeader(
    int profile,
    boolean isStillPicture,
    int level,
    int tier,
    int bitDepth,
    boolean isMonochrome,
    int subsampling,
    int samplePosition,
    int width,
    int height) {

  /** Of a whole OBU, with its header. */
  public static Av1SequenceHeader of(ByteBuf obu) {
    int header = obu.getByte(obu.readerIndex());
    int from = obu.readerIndex() + 1 + (header >> 2 & 1);
    if ((header & 2) != 0) {
      from += Math.max(0, Leb128.length(obu, from, obu.writerIndex()));
    }
    return parse(BitReader.plain(obu, from, Math.max(0, obu.writerIndex() - from)));
  }

  static Av1SequenceHeader parse(BitReader bits) {
    return new Parser(bits).header();
  }

  PictureSize size() {
    return new PictureSize(width, height);
  }

  private static final class Parser {
    private static final int SRGB_IDENTITY = 1 << 16 | 13 << 8;

    /** Of colours that are not described. */
    private static final int UNSPECIFIED = 0x020202;

    private final BitReader bits;
    private final int profile;
    private final boolean reduced;
    private final PictureSize size;
    private int level;
    private int tier;
    private int bitDepth;
    private boolean monochrome;
    private int subsampling;
    private int samplePosition;

    Parser(BitReader bits) {
      this.bits = bits;
      profile = bits.bits(3);
      bits.bit(); // still_picture
      reduced = bits.flag();
      if (reduced) {
        level = bits.bits(5);
      } else {
        operatingPoints();
      }
      size = size();
      tools();
      color();
    }

    Av1SequenceHeader header() {
      return new Av1SequenceHeader(
          profile,
          reduced,
          level,
          tier,
          bitDepth,
          monochrome,
          subsampling,
          samplePosition,
          size.width(),
          size.height());
    }

    private void operatingPoints() {
      int delayBits = 0;
      if (bits.flag()) { // timing_info_present_flag
        bits.skip(32 + 32); // num_units_in_display_tick, time_scale
        if (bits.flag()) {
          bits.unsigned(); // num_ticks_per_picture_minus_1
        }
        delayBits = bits.flag() ? bits.bits(5) + 1 : 0;
        bits.skip(delayBits == 0 ? 0 : 32 + 5 + 5); // the rest of decoder_model_info
      }
      boolean displayDelay = bits.flag();
      int count = bits.bits(5) + 1;
      for (int i = 0; i < count && !bits.isOver(); i++) {
        bits.skip(12); // operating_point_idc
        int pointLevel = bits.bits(5);
        int pointTier = pointLevel > 7 ? bits.bit() : 0;
        if (i == 0) {
          level = pointLevel;
          tier = pointTier;
        }
        if (delayBits > 0 && bits.flag()) {
          bits.skip(2 * delayBits + 1);
        }
        if (displayDelay && bits.flag()) {
          bits.skip(4); // initial_display_delay_minus_1
        }
      }
    }

    private PictureSize size() {
      int widthBits = bits.bits(4) + 1;
      int heightBits = bits.bits(4) + 1;
      long width = bits.bits(widthBits) + 1L;
      long height = bits.bits(heightBits) + 1L;
      PictureSize read = PictureSize.of(bits, width, height);
      if (!reduced && bits.flag()) { // frame_id_numbers_present_flag
        bits.skip(7);
      }
      return read;
    }

    private void tools() {
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

    /** Section 5.5.2. */
    private void color() {
      boolean high = bits.flag();
      boolean twelve = profile == 2 && high && bits.flag();
      bitDepth = twelve ? 12 : high ? 10 : 8;
      monochrome = profile != 1 && bits.flag();
      int description = bits.flag() ? bits.bits(24) : UNSPECIFIED;
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
            default -> twelve ? (bits.flag() ? 2 | bits.bit() : 0) : 2;
          };
      if (subsampling == 3) {
        samplePosition = bits.bits(2);
      }
    }
  }
}
