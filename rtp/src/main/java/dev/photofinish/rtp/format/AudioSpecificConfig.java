package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * The description of AAC (ISO 14496-3 section 1.6.2.1), as far as it says rates and channels.
 *
 * @param announcedType the object type that it begins with: 5 and 29 are SBR and parametric stereo
 *     around the core
 * @param objectType of the core: 2 is AAC LC
 * @param coreRate samples a second of the core, of which an access unit has {@code frameSamples}
 * @param sampleRate samples a second that a decoder gives, with SBR where it is announced
 * @param layout channelConfiguration of the core; 0 where a program config element says
 * @param channels that a decoder gives, with parametric stereo where it is announced; 0 where a
 *     program config element says
 * @param frameSamples of one access unit: 1024, 960, 512 or 480
 * @param bytes the description itself
 */
public record AudioSpecificConfig(
    int announcedType,
    int objectType,
    int coreRate,
    int sampleRate,
    int layout,
    int channels,
    int frameSamples,
    ByteBuf bytes) {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350, 0, 0
  };
  private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8, 0, 0, 0, 7, 8, 24, 8, 0};
  private static final int OTHER_RATE = 15;
  private static final int LC = 2;
  private static final int LTP = 4;
  private static final int SBR = 5;
  private static final int PARAMETRIC_STEREO = 29;
  private static final int LONG_TYPE = 31;
  private static final int LD = 23;
  private static final int ELD = 39;
  private static final int SYNC_EXTENSION = 0x2b7;

  /** Larger ones are not kept: one with a program config element has some 300 bytes. */
  private static final int MOST_BYTES = 512;

  /** Empty where it is none that AAC has. */
  public static Optional<AudioSpecificConfig> parse(byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    ByteBuf in = FrameFormat.parameterSet(bytes);
    Parser parser = new Parser(BitReader.plain(in, 0, bytes.length));
    return parser.isAac() ? Optional.of(parser.whole(in)) : Optional.empty();
  }

  /**
   * One that begins somewhere and whose end only itself says, as in LATM. Empty where it is none,
   * or of a type whose end is not known here: only Main, LC, SSR and LTP, with or without SBR, and
   * without a program config element.
   *
   * @param bits whose next bit is the first; afterwards behind its end
   * @param source of the same bits from the beginning
   */
  static Optional<AudioSpecificConfig> parse(BitReader bits, BitReader source) {
    int from = bits.position();
    Parser parser = new Parser(bits);
    if (!parser.isAac() || !parser.skipRest() || bits.isOver()) {
      return Optional.empty();
    }
    int length = bits.position() - from;
    byte[] bytes = new byte[(length + 7) / 8];
    source.skip(from);
    for (int i = 0; i < length; i++) {
      bytes[i / 8] |= (byte) (source.bit() << (7 - i % 8));
    }
    return Optional.of(parser.config(parser.sampleRate, FrameFormat.parameterSet(bytes)));
  }

  /** AAC LC of this rate, 1 or more, and these channels; mono where no AAC has so many. */
  public static AudioSpecificConfig lc(int sampleRate, int channels) {
    int index = indexOf(RATES, sampleRate);
    int layout = Math.max(1, indexOf(CHANNELS, channels));
    long bits = (long) LC << 4 | (index < 0 ? OTHER_RATE : index);
    int count = 9;
    if (index < 0) {
      bits = bits << 24 | Math.min(sampleRate, 0xff_ffff);
      count += 24;
    }
    bits = bits << 7 | layout << 3;
    count += 7;
    byte[] bytes = new byte[(count + 7) / 8];
    bits <<= 8 * bytes.length - count;
    for (int i = bytes.length - 1; i >= 0; i--, bits >>= 8) {
      bytes[i] = (byte) bits;
    }
    return parse(bytes).orElseThrow();
  }

  /** For the fields of an ADTS header. */
  static Optional<AudioSpecificConfig> of(int objectType, int rateIndex, int layout) {
    int bits = objectType << 11 | rateIndex << 7 | layout << 3;
    return parse(new byte[] {(byte) (bits >> 8), (byte) bits});
  }

  /** samplingFrequencyIndex of the core's rate; -1 where it has none. */
  public int rateIndex() {
    return indexOf(RATES, coreRate);
  }

  private static int indexOf(int[] values, int value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value && value > 0) {
        return i;
      }
    }
    return -1;
  }

  /** The format of frames with this description. */
  public FrameFormat format(int clockRate) {
    return FrameFormat.audio(Codec.AAC, clockRate, sampleRate, channels)
        .withParameterSets(List.of(bytes));
  }

  private static final class Parser {
    private final BitReader bits;
    private final int announcedType;
    private final int objectType;
    private final int coreRate;
    private final int layout;
    private int sampleRate;
    private boolean stereo;
    private boolean shortFrames;

    Parser(BitReader bits) {
      this.bits = bits;
      announcedType = type();
      int rate = rate();
      this.layout = bits.bits(4);
      this.coreRate = rate;
      this.sampleRate = rate;
      if (announcedType == SBR || announcedType == PARAMETRIC_STEREO) {
        stereo = announcedType == PARAMETRIC_STEREO;
        sampleRate = rate();
        this.objectType = type();
      } else {
        this.objectType = announcedType;
      }
      shortFrames = bits.flag();
    }

    private int type() {
      int type = bits.bits(5);
      return type == LONG_TYPE ? 32 + bits.bits(6) : type;
    }

    private int rate() {
      int index = bits.bits(4);
      return index == OTHER_RATE ? bits.bits(24) : RATES[index];
    }

    boolean isAac() {
      return objectType > 0 && coreRate > 0 && sampleRate > 0;
    }

    /** GASpecificConfig (section 4.4.1), whose first flag is read; whether its end is known. */
    boolean skipRest() {
      if (bits.flag()) {
        bits.skip(14); // coreCoderDelay
      }
      bits.bit(); // extensionFlag
      return objectType <= LTP && layout > 0 && !bits.isOver();
    }

    AudioSpecificConfig config(int rate, ByteBuf bytes) {
      boolean low = objectType == LD || objectType == ELD;
      int samples = (shortFrames ? 960 : 1024) / (low ? 2 : 1);
      int channels = stereo ? 2 : CHANNELS[layout];
      return new AudioSpecificConfig(
          announcedType, objectType, coreRate, rate, layout, channels, samples, bytes);
    }

    /** Of a description that ends with {@code bytes}: it may announce SBR (section 1.6.5.3). */
    AudioSpecificConfig whole(ByteBuf bytes) {
      boolean announced =
          sampleRate == coreRate
              && skipRest()
              && bits.bits(11) == SYNC_EXTENSION
              && type() == SBR
              && bits.flag();
      int rate = announced ? rate() : 0;
      return config(rate == 0 || bits.isOver() ? sampleRate : rate, bytes);
    }
  }
}
