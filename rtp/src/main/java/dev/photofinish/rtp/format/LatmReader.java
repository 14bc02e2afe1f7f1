package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Finds the access units in AudioMuxElements of LATM (ISO 14496-3 section 1.7.3). */
final class LatmReader {
  private static final int LENGTH_GOES_ON = 255;

  /** No access unit of AAC is as large: 6144 bits a channel (ISO 14496-3 section 4.5.3.2). */
  private static final int MOST_BYTES = 1 << 16;

  private final boolean inBand;
  private @Nullable StreamMuxConfig config;

  /**
   * @param inBand whether each element says its configuration, or that it is the last one's
   * @param config the one that is known so far
   */
  LatmReader(boolean inBand, @Nullable StreamMuxConfig config) {
    this.inBand = inBand;
    this.config = config;
  }

  @Nullable StreamMuxConfig config() {
    return config;
  }

  /** Takes what was found. */
  interface Units {
    /**
     * One access unit.
     *
     * @param bit of its first bit, counted from the first byte of the buffer
     * @param length its bytes that are there
     * @param whole its bytes
     */
    void unit(AudioSpecificConfig audio, int bit, int length, int whole);
  }

  /**
   * Reads one element after the other.
   *
   * @return whether the last one ends where the bytes end
   */
  boolean read(ByteBuf in, Units units) {
    int at = in.readerIndex();
    while (at >= 0 && at < in.writerIndex()) {
      at = element(in, at, units);
    }
    return at == in.writerIndex();
  }

  /** The index behind an element; -1 where nothing more can be read. */
  private int element(ByteBuf in, int index, Units units) {
    int configured = inBand ? configure(in, index) : 0;
    StreamMuxConfig layout = config;
    if (configured < 0 || layout == null) {
      return -1;
    }
    int at = 8 * index + configured;
    for (int i = 0; i < layout.subFrames() && at >= 0; i++) {
      at = unit(in, at, layout.audio(), units);
    }
    if (at < 0) {
      return -1;
    }
    return layout.hasOtherData() ? in.writerIndex() : (at + 7) / 8;
  }

  /** Bits of useSameStreamMux and the configuration; -1 where that cannot be read. */
  private int configure(ByteBuf in, int index) {
    int length = in.writerIndex() - index;
    BitReader bits = BitReader.plain(in, index, length);
    if (!bits.flag()) {
      config = StreamMuxConfig.parse(bits, BitReader.plain(in, index, length)).orElse(null);
    }
    return bits.isOver() ? -1 : bits.position();
  }

  /** The first bit behind an access unit; -1 where it is not whole. */
  private static int unit(ByteBuf in, int first, AudioSpecificConfig audio, Units units) {
    int end = 8 * in.writerIndex();
    int at = first;
    int whole = 0;
    int part;
    do {
      if (at + 8 > end || whole > MOST_BYTES) {
        return -1;
      }
      part = octet(in, at);
      whole += part;
      at += 8;
    } while (part == LENGTH_GOES_ON);
    int length = Math.min(whole, (end - at) / 8);
    if (length > 0) {
      units.unit(audio, at, length, whole);
    }
    return length < whole ? -1 : at + 8 * length;
  }

  /** A view of bytes, or a copy where they do not begin with a byte of the buffer. */
  static ByteBuf bytes(ByteBuf in, int bit, int length) {
    if (bit % 8 == 0) {
      return in.slice(bit / 8, length);
    }
    byte[] shifted = new byte[length];
    for (int i = 0; i < length; i++) {
      shifted[i] = (byte) octet(in, bit + 8 * i);
    }
    return Unpooled.wrappedBuffer(shifted);
  }

  /** Eight bits from anywhere. */
  private static int octet(ByteBuf in, int bit) {
    int shift = bit % 8;
    int high = in.getUnsignedByte(bit / 8) << shift;
    return (shift == 0 ? high : high | (in.getUnsignedByte(bit / 8 + 1) >> (8 - shift))) & 0xff;
  }
}
