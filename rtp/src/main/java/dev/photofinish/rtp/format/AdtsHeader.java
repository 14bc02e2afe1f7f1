package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The ADTS header (ISO 14496-3 section 1.A.2.2) that some cameras leave before their AAC, although
 * RFC 3640 has none. No access unit begins like it: it would end at once.
 */
final class AdtsHeader {
  private static final int SHORTEST = 7;
  private static final int CRC = 2;

  private AdtsHeader() {}

  /**
   * Bytes of the header; 0 where there is none.
   *
   * @param length bytes that are there
   * @param whole bytes of the access unit, which the header must name
   */
  static int length(ByteBuf in, int index, int length, int whole) {
    if (length < SHORTEST || (in.getUnsignedShort(index) & 0xfff6) != 0xfff0) {
      return 0;
    }
    int header = SHORTEST + ((in.getByte(index + 1) & 1) == 0 ? CRC : 0);
    int named = in.getInt(index + 3) >>> 13 & 0x1fff;
    return named == whole && length > header ? header : 0;
  }

  static Optional<AudioSpecificConfig> config(ByteBuf in, int index) {
    int fields = in.getUnsignedShort(index + 2);
    return AudioSpecificConfig.of((fields >> 14) + 1, fields >> 10 & 15, fields >> 6 & 7);
  }
}
