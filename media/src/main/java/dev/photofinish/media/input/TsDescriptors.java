package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Reads the descriptors of a media in a program map (ISO/IEC 13818-1 section 2.6). */
final class TsDescriptors {
  private static final int REGISTRATION = 5;
  private static final int EXTENSION = 0x7f;

  /** AC-3_descriptor of DVB (ETSI EN 300 468 annex D). */
  private static final int AC3 = 0x6a;

  private static final int OPUS = 0x80;
  private static final int MOST_CHANNELS = 2;

  private TsDescriptors() {}

  /** Whether it is AC-3, as DVB or the registration authority says it. */
  static boolean isAc3(ByteBuf descriptors) {
    return isRegistered(descriptors, "AC-3") || has(descriptors, AC3, content -> true);
  }

  /**
   * Channels by channel_config_code of Opus in MPEG-TS; 0 where it is not Opus, or has more than
   * one stream.
   */
  static int opusChannels(ByteBuf descriptors) {
    if (isRegistered(descriptors, "Opus")) {
      for (int channels = 1; channels <= MOST_CHANNELS; channels++) {
        int code = channels;
        if (has(descriptors, EXTENSION, content -> isOpus(content, code))) {
          return channels;
        }
      }
    }
    return 0;
  }

  private static boolean isOpus(ByteBuf extension, int channels) {
    return extension.readableBytes() >= 2
        && extension.getUnsignedByte(0) == OPUS
        && extension.getUnsignedByte(1) == channels;
  }

  private static boolean isRegistered(ByteBuf descriptors, String name) {
    return has(
        descriptors,
        REGISTRATION,
        content ->
            content.readableBytes() >= 4
                && content.toString(0, 4, StandardCharsets.US_ASCII).equals(name));
  }

  /** Whether one of a tag is there, whole, and its content is accepted. */
  private static boolean has(ByteBuf descriptors, int wanted, Predicate<ByteBuf> accepted) {
    int end = descriptors.readableBytes();
    int next;
    for (int at = 0; at + 2 <= end; at = next) {
      int length = descriptors.getUnsignedByte(at + 1);
      next = at + 2 + length;
      if (descriptors.getUnsignedByte(at) == wanted
          && next <= end
          && accepted.test(descriptors.slice(at + 2, length))) {
        return true;
      }
    }
    return false;
  }
}
