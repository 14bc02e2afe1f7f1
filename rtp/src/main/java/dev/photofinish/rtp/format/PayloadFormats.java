package dev.photofinish.rtp.format;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The payload formats that are known, by encoding name, and what reads and writes them. */
public final class PayloadFormats {
  private static final int LEAST_BYTES = 64;
  private static final int MOST_BYTES = 65_000;

  private PayloadFormats() {}

  /**
   * Why a format's packets come without frames; empty where {@link #depacketizer} knows it.
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

  /**
   * The depacketizer of a payload format; empty for one that is not known, or whose parameters ask
   * for what is not supported ({@link #problem} says what).
   *
   * @param track the number of the media, for {@link Frame#track}
   * @param output takes each frame and its reference
   */
  public static Optional<Depacketizer> depacketizer(
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

  /**
   * The packetizer of a payload format; empty for one that cannot be sent. H.264 in {@code
   * packetization-mode=1}, H.265, AV1, MPEG-1 and MPEG-2 video, AAC in {@code mode=AAC-hbr}, Opus,
   * samples (G.711, G.722, G.726, L8 to L24), MPEG audio ({@code MPA}, and MP3 as ADUs, {@code
   * MPA-ROBUST}), AC-3, MPEG-TS, ONVIF metadata and KLV can.
   *
   * @param mostBytes of a payload, 64 to 65,000; 1,200 fit everywhere. Opus has no fragments, so
   *     that a larger frame is one larger payload, and MPEG-TS has 188 bytes at least
   * @throws IllegalArgumentException if {@code mostBytes} is not valid
   */
  public static Optional<Packetizer> packetizer(PayloadFormat format, int mostBytes) {
    if (mostBytes < LEAST_BYTES || mostBytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "mostBytes: " + mostBytes + " is not valid; expected 64 to 65,000");
    }
    FormatParameters parameters = new FormatParameters(format.parameters());
    String name = name(format);
    return Optional.ofNullable(
        switch (name) {
          case "H264" ->
              parameters.number("packetization-mode", 0) == 1
                  ? new H264Packetizer(mostBytes)
                  : null;
          case "H265" -> new H265Packetizer(mostBytes);
          case "AV1" -> new Av1Packetizer(mostBytes);
          case "MPV" -> new Mpeg2Packetizer(mostBytes);
          case "MPEG4-GENERIC" ->
              AacPacketizer.isSupported(parameters) ? new AacPacketizer(mostBytes) : null;
          case "OPUS" -> PiecePacketizer.whole(Codec.OPUS);
          case "MPA" -> new MpegAudioPacketizer(mostBytes);
          case "MPA-ROBUST" -> new MpaRobustPacketizer(mostBytes);
          case "AC3" -> new Ac3Packetizer(mostBytes);
          case "MP2T" -> PiecePacketizer.transportStream(mostBytes);
          case "SMPTE336M" -> PiecePacketizer.units(Codec.KLV, mostBytes);
          case "VND.ONVIF.METADATA" -> PiecePacketizer.units(Codec.ONVIF_METADATA, mostBytes);
          default ->
              SampleEncoding.of(name)
                  .map(samples -> PiecePacketizer.samples(samples, format, mostBytes))
                  .orElse(null);
        });
  }
}
