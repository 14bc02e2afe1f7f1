package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.BitReader;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The AudioSpecificConfig of AAC (ISO/IEC 14496-3 section 1.6.2.1) and its ADTS header. */
public final class Aac {
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int LOW_COMPLEXITY = 2;
  private static final int SBR = 5;
  private static final int PS = 29;
  private static final int ESCAPE = 31;
  private static final int RATE_AS_NUMBER = 15;

  /** Of a header without a checksum. */
  public static final int ADTS_HEADER_BYTES = 7;

  private final byte[] config;

  /** As the stream names it, extensions included. */
  private final int objectType;

  /** Without extensions: what ADTS names. */
  private final int coreType;

  private final int rateIndex;
  private final int channels;

  private Aac(byte[] config) {
    this.config = config;
    BitReader bits = BitReader.plain(Unpooled.wrappedBuffer(config), 0, config.length);
    objectType = type(bits);
    rateIndex = rate(bits);
    channels = bits.bits(4);
    if (objectType == SBR || objectType == PS) {
      rate(bits);
      coreType = type(bits);
    } else {
      coreType = objectType;
    }
  }

  private static int type(BitReader bits) {
    int type = bits.bits(5);
    return type == ESCAPE ? 32 + bits.bits(6) : type;
  }

  private static int rate(BitReader bits) {
    int index = bits.bits(4);
    return index == RATE_AS_NUMBER ? index(bits.bits(24)) : index;
  }

  private static int index(int rate) {
    for (int i = 0; i < RATES.length; i++) {
      if (RATES[i] == rate) {
        return i;
      }
    }
    return RATE_AS_NUMBER;
  }

  /** Of a format; where it has no AudioSpecificConfig, low complexity at its rate. */
  public static Aac of(FrameFormat format) {
    if (!format.parameterSets().isEmpty() && format.parameterSets().get(0).readableBytes() >= 2) {
      return new Aac(ByteBufUtil.getBytes(format.parameterSets().get(0)));
    }
    int index = index(format.sampleRate() == 0 ? format.clockRate() : format.sampleRate());
    int channels = Math.max(1, format.channels());
    int bits = LOW_COMPLEXITY << 11 | index << 7 | channels << 3;
    return new Aac(new byte[] {(byte) (bits >> 8), (byte) bits});
  }

  public ByteBuf config() {
    return Unpooled.wrappedBuffer(config);
  }

  /** Such as {@code mp4a.40.2}. */
  public String codecString() {
    return "mp4a.40." + objectType;
  }

  /** Whether ADTS can name it: object types 1 to 4, rates of the table, 1 to 7 channel settings. */
  public boolean fitsAdts() {
    return coreType >= 1 && coreType <= 4 && rateIndex < RATES.length && channels > 0;
  }

  /** The header of a frame of that many bytes, without a checksum (section 1.A.2.2.1). */
  public ByteBuf adtsHeader(int frameBytes) {
    int length = frameBytes + ADTS_HEADER_BYTES;
    ByteBuf out = Unpooled.buffer(ADTS_HEADER_BYTES);
    out.writeShort(0xfff1); // MPEG-4, no checksum
    int fixed = (coreType - 1) << 14 | rateIndex << 10 | (channels & 7) << 6;
    out.writeShort(fixed | (length >> 11 & 3));
    out.writeByte(length >> 3);
    out.writeShort((length & 7) << 13 | 0x1ffc); // the buffer's fullness is not said, one block
    return out;
  }
}
