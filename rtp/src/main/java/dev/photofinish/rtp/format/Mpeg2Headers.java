package dev.photofinish.rtp.format;

/**
 * The headers of MPEG-1 and MPEG-2 video (ISO/IEC 13818-2 section 6.2), as far as they say what a
 * picture is. Size and rate stay those of the last sequence.
 */
final class Mpeg2Headers {
  static final int PICTURE = 0x00;
  static final int SEQUENCE = 0xb3;
  static final int EXTENSION = 0xb5;
  static final int GROUP = 0xb8;

  private static final int FIRST_SLICE = 0x01;
  private static final int LAST_SLICE = 0xaf;
  private static final int SEQUENCE_EXTENSION = 1;
  private static final int PICTURE_EXTENSION = 8;
  static final int INTRA = 1;
  private static final int BIDIRECTIONAL = 3;
  private static final int WHOLE_PICTURE = 3;

  /** By frame_rate_code. */
  private static final double[] RATES = {
    0, 24_000 / 1001.0, 24, 25, 30_000 / 1001.0, 30, 50, 60_000 / 1001.0, 60
  };

  private int width;
  private int height;
  private double rate;
  private boolean intra;
  private boolean closedGroup;
  private int number;
  private int type;
  private int codes;
  private boolean isField;

  static boolean isSlice(int code) {
    return code >= FIRST_SLICE && code <= LAST_SLICE;
  }

  /** Whether what begins with this code stands before a picture. */
  static boolean begins(int code) {
    return code == PICTURE || code == SEQUENCE || code == GROUP;
  }

  /**
   * Reads a header.
   *
   * @param code behind its start code
   * @param bits behind that
   */
  void take(int code, BitReader bits) {
    switch (code) {
      case PICTURE -> picture(bits);
      case SEQUENCE -> {
        width = bits.bits(12);
        height = bits.bits(12);
        bits.skip(4); // aspect_ratio_information
        int rateCode = bits.bits(4);
        rate = rateCode < RATES.length ? RATES[rateCode] : 0;
      }
      case EXTENSION -> extension(bits.bits(4), bits);
      case GROUP -> {
        bits.skip(25); // time_code
        closedGroup = bits.flag();
      }
      default -> {
        // it says nothing of this
      }
    }
  }

  private void picture(BitReader bits) {
    number = bits.bits(10); // temporal_reference
    type = bits.bits(3);
    intra |= type == INTRA;
    isField = false;
    bits.skip(16); // vbv_delay
    int forward = type > INTRA ? bits.bits(4) : 0; // full_pel_forward_vector, forward_f_code
    int backward = type == BIDIRECTIONAL ? bits.bits(4) : 0;
    codes = backward << 4 | forward;
  }

  private void extension(int kind, BitReader bits) {
    if (kind == SEQUENCE_EXTENSION) {
      bits.skip(8 + 1 + 2); // profile and level, progressive, chroma format
      width |= bits.bits(2) << 12;
      height |= bits.bits(2) << 12;
    } else if (kind == PICTURE_EXTENSION) {
      bits.skip(16 + 2); // f_code, intra_dc_precision
      isField = bits.bits(2) != WHOLE_PICTURE; // picture_structure
    }
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Pictures a second; 0 where it is not known. */
  double rate() {
    return rate;
  }

  /** temporal_reference of the last picture. */
  int number() {
    return number;
  }

  /** picture_coding_type of the last picture: 1 for I, 2 for P, 3 for B. */
  int type() {
    return type;
  }

  /** FBV, BFC, FFV and FFC of the last picture, as the header of RFC 2250 ends with them. */
  int codes() {
    return codes;
  }

  /** Whether the last picture is one of two fields. */
  boolean isField() {
    return isField;
  }

  /** The picture is of type I, as something else than its header says. */
  void intra() {
    intra = true;
  }

  /** The pictures of an open group that are shown before the first need the group before. */
  RandomAccess access() {
    return intra ? closedGroup ? RandomAccess.IDR : RandomAccess.CRA : RandomAccess.NONE;
  }

  /** Another frame begins. */
  void next() {
    intra = false;
    closedGroup = false;
  }
}
