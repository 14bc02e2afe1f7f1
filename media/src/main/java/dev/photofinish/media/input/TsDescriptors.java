package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Reads the descriptors of a media in a program map (ISO/IEC 13818-1 section 2.6). */
final class TsDescriptors {
  private static final int REGISTRATION = 5;
  private static final int EXTENSION = 0x7f;
  private static final int OPUS = 0x80;
  private static final int MOST_CHANNELS = 2;

  private TsDescriptors() {}

  /**
   * Channels by channel_config_code of Opus in MPEG-TS; 0 where it is not Opus, or has more than
   * one stream.
   */
  static int opusChannels(ByteBuf descriptors) {
    boolean registered = false;
    int channels = 0;
    int end = descriptors.readableBytes();
    int next;
    for (int at = 0; at + 2 <= end; at = next) {
      next = at + 2 + descriptors.getUnsignedByte(at + 1);
      int tag = descriptors.getUnsignedByte(at);
      if (tag == REGISTRATION && next >= at + 6 && next <= end) {
        registered |= descriptors.toString(at + 2, 4, StandardCharsets.US_ASCII).equals("Opus");
      } else if (tag == EXTENSION
          && next >= at + 4
          && next <= end
          && descriptors.getUnsignedByte(at + 2) == OPUS) {
        channels = descriptors.getUnsignedByte(at + 3);
      }
    }
    return registered && channels <= MOST_CHANNELS ? channels : 0;
  }
}
