package dev.photofinish.rtp.format;

import java.util.Optional;

/** Encodings whose packets are samples (RFC 3551 section 4.5). */
enum SampleEncoding {
  PCMU("PCMU", Codec.PCMU, 8),
  PCMA("PCMA", Codec.PCMA, 8),
  G722("G722", Codec.G722, 4),
  G726_16("G726-16", Codec.G726, 2),
  G726_24("G726-24", Codec.G726, 3),
  G726_32("G726-32", Codec.G726, 4),
  G726_40("G726-40", Codec.G726, 5),
  AAL2_G726_16("AAL2-G726-16", Codec.G726_AAL2, 2),
  AAL2_G726_24("AAL2-G726-24", Codec.G726_AAL2, 3),
  AAL2_G726_32("AAL2-G726-32", Codec.G726_AAL2, 4),
  AAL2_G726_40("AAL2-G726-40", Codec.G726_AAL2, 5),
  L8("L8", Codec.L8, 8),
  L16("L16", Codec.L16, 16),
  L24("L24", Codec.L24, 24);

  private static final int TELEPHONE_RATE = 8_000;

  /** Of G.722, whose clock rate is 8000 by mistake, and stays so (section 4.5.2). */
  private static final int G722_RATE = 16_000;

  private final String encoding;
  private final Codec codec;

  /** Of one channel. */
  private final int bitsPerSample;

  SampleEncoding(String encoding, Codec codec, int bitsPerSample) {
    this.encoding = encoding;
    this.codec = codec;
    this.bitsPerSample = bitsPerSample;
  }

  /**
   * @param name the encoding name in upper case
   */
  static Optional<SampleEncoding> of(String name) {
    for (SampleEncoding encoding : values()) {
      if (encoding.encoding.equals(name)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  FrameFormat format(PayloadFormat format) {
    int rate = format.clockRate() > 0 ? format.clockRate() : TELEPHONE_RATE;
    int sampleRate = this == G722 ? G722_RATE : rate;
    return FrameFormat.audio(codec, rate, sampleRate, Math.max(1, format.channels()));
  }

  /** Of all channels, for one tick of the clock; 1 or more. */
  int bitsPerTick(FrameFormat format) {
    int samples = Math.max(1, format.sampleRate() / format.clockRate());
    return bitsPerSample * samples * format.channels();
  }
}
