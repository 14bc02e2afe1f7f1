package dev.photofinish.relay.web.sound;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.Frame;
import io.netty.buffer.ByteBuf;

/** Samples of 16 bits of frames of G.711 (ITU-T G.711) and L16. */
final class Samples {
  private static final int MU_BIAS = 132;

  private Samples() {}

  /** Of one sample. */
  static int bytes(Codec codec) {
    return codec == Codec.L16 ? 2 : 1;
  }

  /**
   * The samples of each channel.
   *
   * @param size of each channel
   */
  static int[][] read(Frame frame, int channels, int size) {
    int[][] samples = new int[channels][size];
    ByteBuf in = frame.content();
    int index = in.readerIndex();
    int step = bytes(frame.codec());
    for (int i = 0; i < size; i++) {
      for (int channel = 0; channel < channels; channel++) {
        samples[channel][i] = sample(frame.codec(), in, index);
        index += step;
      }
    }
    return samples;
  }

  private static int sample(Codec codec, ByteBuf in, int index) {
    return switch (codec) {
      case PCMU -> mu(in.getUnsignedByte(index));
      case PCMA -> a(in.getUnsignedByte(index));
      default -> in.getShort(index);
    };
  }

  static int mu(int code) {
    int bits = ~code & 0xff;
    int magnitude = ((((bits & 0x0f) << 3) + MU_BIAS) << (bits >> 4 & 7)) - MU_BIAS;
    return (bits & 0x80) == 0 ? magnitude : -magnitude;
  }

  static int a(int code) {
    int bits = code ^ 0x55;
    int exponent = bits >> 4 & 7;
    int mantissa = (bits & 0x0f) << 4;
    int magnitude = exponent == 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1);
    return (bits & 0x80) == 0 ? -magnitude : magnitude;
  }
}
