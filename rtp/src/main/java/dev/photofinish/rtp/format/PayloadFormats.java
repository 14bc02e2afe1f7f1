package dev.photofinish.rtp.format;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The payload formats that are known, by encoding name. */
public final class PayloadFormats {
  private PayloadFormats() {}

  /**
   * Why a format's packets come without frames; empty where {@link Depacketizer#of} knows it.
   *
   * @return one sentence, such as {@code H.264 in interleaved mode (packetization-mode=2) is not
   *     supported; expected mode 0 or 1}
   */
  public static Optional<String> problem(PayloadFormat format) {
    FormatParameters parameters = new FormatParameters(format.parameters());
    return Optional.ofNullable(
        switch (name(format)) {
          case "H264" -> H264Depacketizer.problem(parameters);
          case "H265" -> H265Depacketizer.problem(parameters);
          case "H266" -> H266Depacketizer.problem(parameters);
          case "AV1", "VP8", "VP9", "MP4V-ES", "MPV", "JPEG" -> null;
          default -> AudioFormats.problem(name(format), parameters);
        });
  }

  private static String name(PayloadFormat format) {
    return format.encoding().toUpperCase(Locale.ROOT);
  }

  static Optional<Depacketizer> depacketizer(
      int track, PayloadFormat format, Consumer<? super Frame> output) {
    if (problem(format).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (name(format)) {
          case "H264" -> new H264Depacketizer(track, format, output);
          case "H265" -> new H265Depacketizer(track, format, output);
          case "H266" -> new H266Depacketizer(track, format, output);
          case "AV1" -> new Av1Depacketizer(track, format, output);
          case "VP8" -> new Vp8Depacketizer(track, format, output);
          case "VP9" -> new Vp9Depacketizer(track, format, output);
          case "MP4V-ES" -> new Mpeg4Depacketizer(track, format, output);
          case "MPV" -> new Mpeg2Depacketizer(track, format, output);
          case "JPEG" -> new JpegDepacketizer(track, format, output);
          default -> AudioFormats.depacketizer(name(format), track, format, output);
        });
  }
}
