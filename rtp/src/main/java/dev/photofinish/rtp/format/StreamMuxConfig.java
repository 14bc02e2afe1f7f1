package dev.photofinish.rtp.format;

import java.util.Optional;

/**
 * The layout of LATM (ISO 14496-3 section 1.7.3.1), with one program of one layer whose access
 * units have lengths of their own: what RFC 6416 uses for AAC.
 *
 * @param subFrames access units in one element, 1 to 64
 * @param hasOtherData whether something follows the access units in an element
 */
record StreamMuxConfig(AudioSpecificConfig audio, int subFrames, boolean hasOtherData) {
  private static final int SYNC_EXTENSION = 0x2b7;
  private static final int OTHER_RATE = 15;

  /**
   * Empty where it is of another layout, or no layout at all.
   *
   * @param bits whose next bit is the first; afterwards behind its end
   * @param source of the same bits from the beginning
   */
  static Optional<StreamMuxConfig> parse(BitReader bits, BitReader source) {
    boolean second = bits.flag(); // audioMuxVersion
    if (second && bits.flag()) {
      return Optional.empty(); // audioMuxVersionA: of the future
    }
    if (second) {
      value(bits); // taraBufferFullness
    }
    boolean sameFraming = bits.flag();
    int subFrames = bits.bits(6) + 1;
    int programs = bits.bits(4);
    int layers = bits.bits(3);
    if (!sameFraming || programs > 0 || layers > 0) {
      return Optional.empty();
    }
    int length = second ? value(bits) : 0;
    int from = bits.position();
    Optional<AudioSpecificConfig> audio = AudioSpecificConfig.parse(bits, source);
    bits.skip(from + length - bits.position()); // fillBits
    int frameLengthType = bits.bits(3);
    int fullness = bits.bits(8); // latmBufferFullness
    if ((frameLengthType << 8 | fullness) == SYNC_EXTENSION) {
      skipExtension(bits);
      frameLengthType = bits.bits(3);
      bits.skip(8);
    }
    boolean other = bits.flag();
    skipOther(bits, other, second);
    return frameLengthType > 0
        ? Optional.empty()
        : audio.map(config -> new StreamMuxConfig(config, subFrames, other));
  }

  /**
   * The end of an AudioSpecificConfig that says whether there is SBR (ISO 14496-3 section 1.6.2.1).
   * It has no place here, and GStreamer's rtpmp4apay copies it from the file.
   */
  private static void skipExtension(BitReader bits) {
    bits.skip(5); // extensionAudioObjectType
    if (bits.flag() && bits.bits(4) == OTHER_RATE) { // sbrPresentFlag
      bits.skip(24);
    }
  }

  /** The length of other data, and the checksum, which nobody compares. */
  private static void skipOther(BitReader bits, boolean other, boolean second) {
    if (other && second) {
      value(bits);
    }
    boolean more = other && !second;
    while (more && !bits.isOver()) {
      more = bits.flag();
      bits.skip(8);
    }
    if (bits.flag()) {
      bits.skip(8);
    }
  }

  /** LatmGetValue: one to four bytes after their count. */
  private static int value(BitReader bits) {
    int bytes = bits.bits(2) + 1;
    return bits.bits(8 * bytes);
  }
}
