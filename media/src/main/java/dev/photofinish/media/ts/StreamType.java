package dev.photofinish.media.ts;

import dev.photofinish.rtp.format.Codec;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a codec in a program map.
 *
 * @param number stream_type (ISO/IEC 13818-1 table 2-34)
 * @param streamId of its PES packets
 * @param registration the format identifier of a registration descriptor; empty for none
 */
record StreamType(int number, int streamId, String registration) {
  private static final int VIDEO = 0xe0;
  private static final int AUDIO = 0xc0;
  private static final int PRIVATE = 0xbd;

  private static final Map<Codec, StreamType> KNOWN =
      Map.of(
          Codec.H264, new StreamType(0x1b, VIDEO, ""),
          Codec.H265, new StreamType(0x24, VIDEO, ""),
          Codec.H266, new StreamType(0x33, VIDEO, ""),
          Codec.MPEG4_VISUAL, new StreamType(0x10, VIDEO, ""),
          Codec.MPEG2_VIDEO, new StreamType(0x02, VIDEO, ""),
          Codec.AAC, new StreamType(0x0f, AUDIO, ""),
          Codec.MPEG_AUDIO, new StreamType(0x03, AUDIO, ""),
          Codec.AC3, new StreamType(0x81, PRIVATE, "AC-3"), // ATSC A/53
          Codec.OPUS, new StreamType(0x06, PRIVATE, "Opus"), // Opus in MPEG-TS
          Codec.KLV, new StreamType(0x06, PRIVATE, "KLVA")); // SMPTE RP 217

  static Optional<StreamType> of(Codec codec) {
    return Optional.ofNullable(KNOWN.get(codec));
  }
}
