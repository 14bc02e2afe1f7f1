package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/**
 * The beginning of an AC-3 frame (ATSC A/52 sections 5.3.1 and 5.3.2).
 *
 * @param rateCode fscod
 * @param sizeCode frmsizecod
 * @param version bsid
 * @param service bsmod
 * @param mode acmod
 * @param hasLowFrequencies lfeon
 */
public record Ac3Header(
    int rateCode, int sizeCode, int version, int service, int mode, boolean hasLowFrequencies) {
  /** Of the frame that are read here. */
  public static final int LENGTH = 7;

  static final int SAMPLES = 1536;

  private static final int SYNC = 0x0b77;
  private static final int STANDARD = 8;
  private static final int LATEST = 10;
  private static final int STEREO = 2;
  private static final int[] KILOBITS = {
    32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640
  };
  private static final int[] RATES = {48_000, 44_100, 32_000};
  private static final int[] CHANNELS = {2, 1, 2, 3, 3, 4, 4, 5};

  /** Whether these are such; {@link #LENGTH} bytes are there. */
  public static boolean isHeader(ByteBuf in, int index) {
    int sizes = in.getUnsignedByte(index + 4);
    return in.getUnsignedShort(index) == SYNC
        && sizes >> 6 < RATES.length
        && (sizes & 63) < 2 * KILOBITS.length
        && in.getUnsignedByte(index + 5) >> 3 <= LATEST;
  }

  /** Of bytes for which {@link #isHeader} is true. */
  public static Ac3Header parse(ByteBuf in, int index) {
    BitReader bits = BitReader.plain(in, index + 4, LENGTH - 4);
    int rate = bits.bits(2);
    int size = bits.bits(6);
    int version = bits.bits(5);
    int service = bits.bits(3);
    int mode = bits.bits(3);
    int levels = (mode & 1) != 0 && mode != 1 ? 2 : 0; // cmixlev
    levels += (mode & 4) != 0 ? 2 : 0; // surmixlev
    bits.skip(mode == STEREO ? 2 : levels); // dsurmod
    return new Ac3Header(rate, size, version, service, mode, bits.flag());
  }

  /** Of the whole frame. */
  int bytes() {
    int kilobits = KILOBITS[sizeCode / 2];
    return 2
        * switch (rateCode) {
          case 0 -> 2 * kilobits;
          case 1 -> kilobits * 320 / 147 + (sizeCode & 1);
          default -> 3 * kilobits;
        };
  }

  int sampleRate() {
    return RATES[rateCode] >> Math.max(0, version - STANDARD);
  }

  int channels() {
    return CHANNELS[mode] + (hasLowFrequencies ? 1 : 0);
  }
}
