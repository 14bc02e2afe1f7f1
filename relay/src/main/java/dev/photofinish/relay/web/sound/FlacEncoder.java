package dev.photofinish.relay.web.sound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * Encodes samples of 16 bits as FLAC (RFC 9639), each call a frame: fixed predictors of order 0 to
 * 2 with one Rice parameter, or the samples as they are where that is shorter. Blocks may differ in
 * size.
 */
final class FlacEncoder {
  static final int LEAST_BLOCK = 16;
  static final int MOST_BLOCK = 65_535;
  private static final int SAMPLE_BITS = 16;
  private static final int MOST_ORDER = 2;

  /** 15 would mean samples that are not Rice coded. */
  private static final int MOST_PARAMETER = 14;

  /** By their number in the header of a frame (section 9.1.2). */
  private static final List<Integer> RATES =
      List.of(
          0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000,
          96_000);

  /** The rate follows, as 16 bits in Hz. */
  private static final int RATE_BELOW = 13;

  private static final int VERBATIM = 1;
  private static final int FIXED = 8;

  private final int rate;
  private final int channels;
  private long samples;

  /**
   * @param rate in Hz, below 2^20
   * @param channels 1 or 2
   */
  FlacEncoder(int rate, int channels) {
    this.rate = rate;
    this.channels = channels;
  }

  /** The STREAMINFO block without its header (section 8.2): of a stream without an end. */
  byte[] streamInformation() {
    FlacBits out = new FlacBits(Unpooled.buffer(34));
    out.write(LEAST_BLOCK, 16).write(MOST_BLOCK, 16).write(0, 24).write(0, 24);
    out.write(rate, 20).write(channels - 1, 3).write(SAMPLE_BITS - 1, 5);
    out.write(0, 4).write(0, 32); // how many samples is not known
    for (int i = 0; i < 4; i++) {
      out.write(0, 32); // nor what their digest is
    }
    return out.bytes();
  }

  /**
   * A frame of these samples.
   *
   * @param block of each channel, all of the same length, {@value #LEAST_BLOCK} to {@value
   *     #MOST_BLOCK}
   */
  ByteBuf encode(int[][] block) {
    int size = block[0].length;
    FlacBits out = new FlacBits(Unpooled.buffer(32 + 2 * size * channels));
    out.write(0xfff9, 16); // the sync code; blocks differ in size
    int rateCode = rateCode();
    out.write(7, 4).write(rateCode, 4); // the size is below
    out.write(channels - 1, 4).write(4, 3).write(0, 1); // independent channels, 16 bits
    out.number(samples).write(size - 1, 16);
    if (rateCode == RATE_BELOW) {
      out.write(rate, 16);
    }
    out.write(out.crc8(), 8);
    for (int[] channel : block) {
      subframe(channel, out);
    }
    out.align();
    out.write(out.crc16(), 16);
    samples += size;
    return out.buffer();
  }

  /**
   * Each frame says the rate. 0 would mean that of STREAMINFO, which GStreamer's flacparse takes
   * for no frame.
   */
  private int rateCode() {
    int code = RATES.indexOf(rate);
    return code > 0 ? code : rate <= 0xffff ? RATE_BELOW : 0;
  }

  private static void subframe(int[] samples, FlacBits out) {
    int best = 0;
    int[] residual = samples;
    long least = Long.MAX_VALUE;
    for (int order = 0; order <= MOST_ORDER; order++) {
      int[] candidate = residual(samples, order);
      long sum = magnitude(candidate);
      if (sum < least) {
        least = sum;
        best = order;
        residual = candidate;
      }
    }
    int parameter = parameter(residual);
    long coded = (long) SAMPLE_BITS * best + bits(residual, parameter);
    if (coded >= (long) SAMPLE_BITS * samples.length) {
      out.write(VERBATIM << 1, 8);
      for (int sample : samples) {
        out.write(sample, SAMPLE_BITS);
      }
    } else {
      out.write((FIXED | best) << 1, 8);
      for (int i = 0; i < best; i++) {
        out.write(samples[i], SAMPLE_BITS);
      }
      rice(residual, parameter, out);
    }
  }

  /** Differences of differences, {@code order} times (section 9.2.5). */
  private static int[] residual(int[] samples, int order) {
    int[] residual = new int[samples.length - order];
    for (int i = 0; i < residual.length; i++) {
      int at = i + order;
      residual[i] =
          switch (order) {
            case 0 -> samples[at];
            case 1 -> samples[at] - samples[at - 1];
            default -> samples[at] - 2 * samples[at - 1] + samples[at - 2];
          };
    }
    return residual;
  }

  private static long magnitude(int[] residual) {
    long sum = 0;
    for (int value : residual) {
      sum += Math.abs(value);
    }
    return sum;
  }

  /** The Rice parameter that needs the fewest bits. */
  private static int parameter(int[] residual) {
    int best = 0;
    long least = bits(residual, best);
    for (int parameter = 1; parameter <= MOST_PARAMETER; parameter++) {
      long bits = bits(residual, parameter);
      if (bits < least) {
        least = bits;
        best = parameter;
      }
    }
    return best;
  }

  private static long bits(int[] residual, int parameter) {
    long bits = 10;
    for (int value : residual) {
      bits += 1 + parameter + (folded(value) >>> parameter);
    }
    return bits;
  }

  /** One partition (section 9.2.7). */
  private static void rice(int[] residual, int parameter, FlacBits out) {
    out.write(0, 2).write(0, 4).write(parameter, 4);
    for (int value : residual) {
      int folded = folded(value);
      out.unary(folded >>> parameter).write(folded, parameter);
    }
  }

  private static int folded(int value) {
    return (value << 1) ^ (value >> 31);
  }
}
