package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;

/** The duration of an Opus packet, which its first bytes say (RFC 6716 section 3). */
final class OpusPacket {
  /** Of a decoder and of timestamps, whatever the encoder uses (RFC 7587 section 4.1). */
  static final int RATE = 48_000;

  /** RFC 6716 section 3.4: an Opus packet has at most 120 ms. */
  private static final int LONGEST = RATE / 1000 * 120;

  private OpusPacket() {}

  /** At 48 kHz (RFC 6716 section 3.1); 0 where the packet is not Opus. */
  static int samples(ByteBuf in, int index, int length) {
    int toc = in.getUnsignedByte(index);
    int count =
        switch (toc & 3) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> length < 2 ? 0 : in.getByte(index + 1) & 63;
        };
    int samples = count * frameSamples(toc >> 3);
    return samples > LONGEST ? 0 : samples;
  }

  /** Of one frame by configuration: SILK, then hybrid, then CELT (RFC 6716 table 2). */
  private static int frameSamples(int configuration) {
    if (configuration >= 16) {
      return (RATE / 400) << (configuration & 3);
    }
    if (configuration >= 12) {
      return (RATE / 100) << (configuration & 1);
    }
    int size = configuration & 3;
    return size == 3 ? RATE / 1000 * 60 : (RATE / 100) << size;
  }
}
