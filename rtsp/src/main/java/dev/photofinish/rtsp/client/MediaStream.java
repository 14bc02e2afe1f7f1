package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.format.Codec;
import dev.photofinish.rtp.format.FrameFormat;
import dev.photofinish.rtp.format.PayloadFormat;
import dev.photofinish.rtsp.message.MediaDescription;
import dev.photofinish.rtsp.message.MediaFormat;
import dev.photofinish.rtsp.message.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * One media of a camera that was set up: a section of its session description.
 *
 * @param index from 0, in the order of the session description, counting only what was set up
 * @param media {@code video}, {@code audio} or {@code application}
 * @param codec the encoding name of {@code rtpmap} in upper case, such as {@code H264}; the static
 *     payload type's name (RFC 3551) where the description has no {@code rtpmap}, {@code unknown}
 *     where there is neither
 * @param payloadType the first of the section's payload types
 * @param clockRate ticks of the RTP timestamp a second
 * @param channels of audio; 0 where the description does not say
 * @param formatParameters the text of {@code fmtp}, empty where there is none
 * @param encrypted whether the description has keys for it, or asks for one (SRTP); its packets are
 *     decrypted
 */
public record MediaStream(
    int index,
    String media,
    String codec,
    int payloadType,
    int clockRate,
    int channels,
    String formatParameters,
    boolean encrypted) {
  /** RFC 3551 section 6. */
  private static final int FIRST_DYNAMIC = 96;

  /**
   * A media as a session description has it; of its formats the first.
   *
   * @param index from 0
   */
  public static MediaStream of(int index, MediaDescription media, boolean encrypted) {
    return of(index, media.type(), media.format(), encrypted);
  }

  /**
   * A media in one format.
   *
   * @param index from 0
   * @param media {@code video}, {@code audio} or {@code application}
   */
  public static MediaStream of(int index, String media, MediaFormat format, boolean encrypted) {
    return new MediaStream(
        index,
        media,
        format.codec().isEmpty() ? "unknown" : format.codec(),
        format.payloadType(),
        format.clockRate().orElse(0),
        format.channels().orElse(0),
        format.fmtp().stream().map(Parameter::toFmtp).collect(Collectors.joining(";")),
        encrypted);
  }

  /**
   * A media whose frames are published ({@link
   * StreamPublisher#send(dev.photofinish.rtp.format.Frame)}).
   *
   * @param index from 0
   * @param format of its first frame, with its parameter sets where they are known
   * @throws IllegalArgumentException for a codec that cannot be sent
   */
  public static MediaStream of(int index, FrameFormat format) {
    PayloadFormat payload =
        PayloadFormat.of(format, FIRST_DYNAMIC + index)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "format: "
                            + format.codec()
                            + " cannot be sent; expected H264, H265, AV1,"
                            + " MPEG2_VIDEO, AAC, OPUS, MPEG_AUDIO, AC3, samples, MPEG_TS, ONVIF_METADATA or KLV"));
    String media =
        switch (format.codec().kind()) {
          case VIDEO -> "video";
          case AUDIO -> "audio";
          case DATA -> format.codec() == Codec.MPEG_TS ? "video" : "application"; // RFC 3555
        };
    return new MediaStream(
        index,
        media,
        payload.encoding().toUpperCase(Locale.ROOT),
        payload.payloadType(),
        payload.clockRate(),
        payload.channels(),
        payload.parameters(),
        false);
  }

  /** A section of a session description that says the same. */
  public MediaDescription description() {
    MediaFormat format =
        new MediaFormat(
            payloadType,
            codec,
            clockRate > 0 ? OptionalInt.of(clockRate) : OptionalInt.empty(),
            channels > 0 ? OptionalInt.of(channels) : OptionalInt.empty(),
            Parameter.parseAll(formatParameters, ';'));
    return new MediaDescription(
        media.toLowerCase(Locale.ROOT),
        0,
        "RTP/AVP",
        List.of(format),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        List.of());
  }

  /** Its payload format, as depacketizers take it. */
  public PayloadFormat payloadFormat() {
    return new PayloadFormat(codec, payloadType, clockRate, channels, formatParameters);
  }
}
