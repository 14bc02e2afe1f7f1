package dev.photofinish.relay.web.sound;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Objects;

/** Decodes what {@link FlacEncoder} uses of FLAC (RFC 9639), bit by bit, and checks it. */
final class FlacDecoder {
  private static final Map<Integer, Integer> RATES =
      Map.of(4, 8_000, 5, 16_000, 9, 44_100, 10, 48_000);

  private final ByteBuf in;
  private int bit;
  private int rate;

  private FlacDecoder(ByteBuf in) {
    this.in = in;
  }

  static int[][] decode(ByteBuf frame, int channels) {
    return new FlacDecoder(frame).frame(channels);
  }

  static long firstSample(ByteBuf frame) {
    FlacDecoder decoder = new FlacDecoder(frame);
    decoder.bit = 32;
    return decoder.number();
  }

  /** The rate that the frame itself says, in Hz. */
  static int rate(ByteBuf frame) {
    FlacDecoder decoder = new FlacDecoder(frame);
    decoder.frame(1);
    return decoder.rate;
  }

  private long read(int bits) {
    long value = 0;
    for (int i = 0; i < bits; i++, bit++) {
      value = value << 1 | (in.getByte(bit / 8) >> (7 - bit % 8) & 1);
    }
    return value;
  }

  private int signed(int bits) {
    return (int) (read(bits) << (64 - bits) >> (64 - bits));
  }

  private long number() {
    int first = (int) read(8);
    if (first < 0x80) {
      return first;
    }
    int following = Integer.numberOfLeadingZeros(~(first << 24)) - 1;
    long value = first & (0x3f >> following);
    for (int i = 0; i < following; i++) {
      check(read(2) == 2);
      value = value << 6 | read(6);
    }
    return value;
  }

  private int[][] frame(int channels) {
    check(read(16) == 0xfff9 && read(4) == 7);
    int rateCode = (int) read(4);
    check(read(4) == channels - 1 && read(3) == 4 && read(1) == 0);
    number();
    int size = (int) read(16) + 1;
    rate = rateCode == 13 ? (int) read(16) : Objects.requireNonNull(RATES.get(rateCode));
    int header = bit / 8;
    check(read(8) == crc(0x07, 8, header));
    int[][] samples = new int[channels][];
    for (int i = 0; i < channels; i++) {
      samples[i] = subframe(size);
    }
    bit = (bit + 7) / 8 * 8;
    check(read(16) == crc(0x8005, 16, in.readableBytes() - 2));
    check(bit == 8 * in.readableBytes());
    return samples;
  }

  private int[] subframe(int size) {
    check(read(1) == 0);
    int type = (int) read(6);
    check(read(1) == 0);
    int[] samples = new int[size];
    int order = type == 1 ? size : type - 8;
    for (int i = 0; i < order; i++) {
      samples[i] = signed(16);
    }
    if (type != 1) {
      check(type >= 8 && order <= 4);
      check(read(6) == 0);
      int parameter = (int) read(4);
      for (int i = order; i < size; i++) {
        samples[i] = residual(parameter) + predicted(samples, i, order);
      }
    }
    return samples;
  }

  private static int predicted(int[] s, int i, int order) {
    return switch (order) {
      case 0 -> 0;
      case 1 -> s[i - 1];
      case 2 -> 2 * s[i - 1] - s[i - 2];
      default -> throw new AssertionError(order);
    };
  }

  private int residual(int parameter) {
    int quotient = 0;
    while (read(1) == 0) {
      quotient++;
    }
    int folded = quotient << parameter | (int) read(parameter);
    return folded >>> 1 ^ -(folded & 1);
  }

  private long crc(int polynomial, int width, int bytes) {
    long crc = 0;
    for (int i = 0; i < 8 * bytes; i++) {
      long top = ((crc >> (width - 1)) & 1) ^ ((in.getByte(i / 8) >> (7 - i % 8)) & 1);
      crc = ((crc << 1) & ((1L << width) - 1)) ^ (top == 1 ? polynomial : 0);
    }
    return crc;
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("no FLAC frame");
    }
  }
}
