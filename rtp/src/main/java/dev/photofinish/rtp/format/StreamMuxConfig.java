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
    bits.skip(8); // latmBufferFullness
    boolean other = bits.flag();
    skipOther(bits, other, second);
    return frameLengthType > 0
        ? Optional.empty()
        : audio.map(config -> new StreamMuxConfig(config, subFrames, other));
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
