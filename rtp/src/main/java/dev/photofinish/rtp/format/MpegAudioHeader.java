package dev.photofinish.rtp.format;

/**
 * The header of an MPEG audio frame (ISO 11172-3 section 2.4.1.3, ISO 13818-3, and the MPEG-2.5 of
 * low rates).
 *
 * @param bytes of the whole frame; 0 where the bit rate is a free one, which the header does not
 *     say
 */
record MpegAudioHeader(int bytes, int samples, int sampleRate, int channels) {
  private static final int SYNC = 0xffe0_0000;
  private static final int MPEG_2_5 = 0;
  private static final int MPEG_1 = 3;
  private static final int LAYER_III = 1;
  private static final int LAYER_I = 3;
  private static final int MONO = 3;
  private static final int[] RATES = {44_100, 48_000, 32_000};

  /** Kilobits a second by layer, I to III: of MPEG-1, then of MPEG-2 and 2.5. */
  private static final int[][] KILOBITS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /** Whether these four bytes can be a header. */
  static boolean isHeader(int bits) {
    return (bits & SYNC) == SYNC
        && (bits >> 19 & 3) != 1
        && (bits >> 17 & 3) != 0
        && (bits >> 12 & 15) != 15
        && (bits >> 10 & 3) != 3;
  }

  /**
   * @param bits for which {@link #isHeader} is true
   */
  static MpegAudioHeader parse(int bits) {
    int version = bits >> 19 & 3;
    int layer = bits >> 17 & 3;
    boolean first = version == MPEG_1;
    int rate = RATES[bits >> 10 & 3] >> (first ? 0 : version == MPEG_2_5 ? 2 : 1);
    int bitRate = 1000 * KILOBITS[3 - layer + (first ? 0 : 3)][bits >> 12 & 15];
    int padding = bits >> 9 & 1;
    int samples = samples(layer, first);
    int bytes =
        layer == LAYER_I
            ? 4 * (12 * bitRate / rate + padding)
            : samples / 8 * bitRate / rate + padding;
    int channels = (bits >> 6 & 3) == MONO ? 1 : 2;
    return new MpegAudioHeader(bitRate == 0 ? 0 : bytes, samples, rate, channels);
  }

  private static int samples(int layer, boolean first) {
    if (layer == LAYER_I) {
      return 384;
    }
    return layer == LAYER_III && !first ? 576 : 1152;
  }
}
