package dev.photofinish.media.codec;

import dev.photofinish.rtp.format.AudioSpecificConfig;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The AudioSpecificConfig of a format as containers have it, and its ADTS header. */
public final class Aac {
  /** Of a header without a checksum. */
  public static final int ADTS_HEADER_BYTES = 7;

  private final AudioSpecificConfig config;

  private Aac(AudioSpecificConfig config) {
    this.config = config;
  }

  /** Of a format; where it has no AudioSpecificConfig, low complexity at its rate. */
  public static Aac of(FrameFormat format) {
    int rate = format.sampleRate() == 0 ? format.clockRate() : format.sampleRate();
    return new Aac(
        format.parameterSets().stream()
            .findFirst()
            .flatMap(set -> AudioSpecificConfig.parse(ByteBufUtil.getBytes(set)))
            .orElseGet(() -> AudioSpecificConfig.lc(rate, format.channels())));
  }

  public ByteBuf config() {
    return Unpooled.copiedBuffer(config.bytes());
  }

  /** Such as {@code mp4a.40.2}. */
  public String codecString() {
    return "mp4a.40." + config.announcedType();
  }

  /** Whether ADTS can name it: object types 1 to 4, rates of the table, 1 to 7 channel settings. */
  public boolean fitsAdts() {
    return config.objectType() >= 1
        && config.objectType() <= 4
        && config.rateIndex() >= 0
        && config.layout() >= 1
        && config.layout() <= 7;
  }

  /** The header of a frame of that many bytes, without a checksum (section 1.A.2.2.1). */
  public ByteBuf adtsHeader(int frameBytes) {
    int length = frameBytes + ADTS_HEADER_BYTES;
    ByteBuf out = Unpooled.buffer(ADTS_HEADER_BYTES);
    out.writeShort(0xfff1); // MPEG-4, no checksum
    int fixed = (config.objectType() - 1) << 14 | config.rateIndex() << 10 | config.layout() << 6;
    out.writeShort(fixed | (length >> 11 & 3));
    out.writeByte(length >> 3);
    out.writeShort((length & 7) << 13 | 0x1ffc); // the buffer's fullness is not said, one block
    return out;
  }
}
