package dev.photofinish.media.input;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.Set;

/**
 * Descriptions of Opus, MP3, AC-3 and samples in MP4 and QuickTime files, by their sample entries.
 */
final class Mp4Sound {
  /** MPEG audio of any layer in QuickTime; MP4 has mp4a, and says it behind. */
  static final String MP3 = ".mp3";

  private static final Set<String> TYPES = Set.of("Opus", "ulaw", "alaw", "twos", "ac-3", MP3);
  private static final int OPUS_RATE = 48_000;
  private static final int MPEG_RATE = 90_000;
  private static final int MOST_CHANNELS = 8;

  private Mp4Sound() {}

  /**
   * The format of a track; empty where it is none that can be read.
   *
   * @param entry the sample entry with its size and type
   */
  static Optional<FrameFormat> format(String type, ByteBuf entry) {
    if (!TYPES.contains(type)) {
      return Optional.empty();
    }
    int channels = entry.getUnsignedShort(24);
    int rate = entry.getUnsignedShort(32);
    if (channels < 1 || channels > MOST_CHANNELS) {
      return Optional.empty();
    }
    return switch (type) {
      case "Opus" -> Optional.of(FrameFormat.audio(Codec.OPUS, OPUS_RATE, OPUS_RATE, channels));
      case "ulaw" -> samples(Codec.PCMU, rate, channels);
      case "alaw" -> samples(Codec.PCMA, rate, channels);
      case "ac-3" -> samples(Codec.AC3, rate, channels);
      case MP3 -> Optional.of(FrameFormat.audio(Codec.MPEG_AUDIO, MPEG_RATE, rate, channels));
      default ->
          entry.getUnsignedShort(26) == 16 ? samples(Codec.L16, rate, channels) : Optional.empty();
    };
  }

  private static Optional<FrameFormat> samples(Codec codec, int rate, int channels) {
    return rate == 0
        ? Optional.empty()
        : Optional.of(FrameFormat.audio(codec, rate, rate, channels));
  }

  /**
   * Bytes of samples up to which they are read as one frame: 20 ms. QuickTime has a sample for each
   * time at which there is one.
   *
   * @return 0 of other codecs
   */
  static int joined(FrameFormat format) {
    int bytes =
        switch (format.codec()) {
          case PCMU, PCMA -> 1;
          case L16 -> 2;
          default -> 0;
        };
    return format.sampleRate() / 50 * bytes * format.channels();
  }
}
