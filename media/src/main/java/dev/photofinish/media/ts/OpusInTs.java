package dev.photofinish.media.ts;

import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Opus in MPEG-TS, a mapping by ETSI and the authors of Opus that FFmpeg and GStreamer read and
 * write: a descriptor in the program map, and a control header before each packet.
 */
final class OpusInTs {
  /** extension_descriptor (ISO/IEC 13818-1), with the tag that the mapping chose. */
  private static final int EXTENSION = 0x7f;

  private static final int OPUS = 0x80;
  private static final int MOST_CHANNELS = 2;

  /** control_header_prefix, and no flags: nothing is trimmed. */
  private static final int PREFIX = 0x7fe0;

  private OpusInTs() {}

  /** Whether these channels need no mapping table; 0 is not known, and taken for stereo. */
  static boolean isPossible(FrameFormat format) {
    return format.channels() <= MOST_CHANNELS;
  }

  /** channel_config_code is the number of channels. */
  static byte[] descriptor(FrameFormat format) {
    int channels = format.channels() == 0 ? MOST_CHANNELS : format.channels();
    return new byte[] {EXTENSION, 2, (byte) OPUS, (byte) channels};
  }

  /** Of a packet of so many bytes. */
  static ByteBuf controlHeader(int bytes) {
    ByteBuf header = Unpooled.buffer(3 + bytes / 255);
    header.writeShort(PREFIX);
    for (int left = bytes; left >= 0; left -= 255) {
      header.writeByte(Math.min(255, left));
    }
    return header;
  }
}
