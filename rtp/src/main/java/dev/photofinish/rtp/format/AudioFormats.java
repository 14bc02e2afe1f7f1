package dev.photofinish.rtp.format;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The payload formats of audio and data, by encoding name. */
final class AudioFormats {
  private AudioFormats() {}

  /**
   * Why a format's packets come without frames; null where it is known.
   *
   * @param name the encoding name in upper case
   */
  static @Nullable String problem(String name, FormatParameters parameters) {
    return switch (name) {
      case "MPEG4-GENERIC" -> AacDepacketizer.problem(parameters);
      case "MP4A-LATM" -> LatmDepacketizer.problem(parameters);
      case "OPUS", "MPA", "MPA-ROBUST", "AC3", "MP2T", "SMPTE336M" -> null;
      case "VND.ONVIF.METADATA", "METADATA" -> null;
      case "VND.ONVIF.METADATA.GZIP",
          "VND.ONVIF.METADATA.EXI.ONVIF",
          "VND.ONVIF.METADATA.EXI.EXT" ->
          "ONVIF metadata in a compressed form is not supported; expected vnd.onvif.metadata";
      default ->
          SampleEncoding.of(name).isPresent()
              ? null
              : "no payload format of the name " + name + " is known";
    };
  }

  /** The depacketizer of a format without a problem. */
  static Depacketizer depacketizer(
      String name, int track, PayloadFormat format, Consumer<? super Frame> output) {
    return switch (name) {
      case "MPEG4-GENERIC" -> new AacDepacketizer(track, format, output);
      case "MP4A-LATM" -> new LatmDepacketizer(track, format, output);
      case "OPUS" -> new OpusDepacketizer(track, format, output);
      case "MPA" -> new MpegAudioDepacketizer(track, format, output);
      case "MPA-ROBUST" -> new MpaRobustDepacketizer(track, format, output);
      case "AC3" -> new Ac3Depacketizer(track, format, output);
      case "MP2T" -> new TransportStreamDepacketizer(track, format, output);
      case "SMPTE336M" -> new DocumentDepacketizer(track, format, Codec.KLV, output);
      case "VND.ONVIF.METADATA", "METADATA" ->
          new DocumentDepacketizer(track, format, Codec.ONVIF_METADATA, output);
      default -> {
        SampleEncoding encoding = SampleEncoding.of(name).orElseThrow();
        FrameFormat of = encoding.format(format);
        yield new SampleDepacketizer(track, format, of, encoding.bitsPerTick(of), output);
      }
    };
  }
}
