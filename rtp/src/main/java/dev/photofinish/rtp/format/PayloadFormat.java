package dev.photofinish.rtp.format;

import java.util.Optional;

/**
 * A media format as a session description names it (RFC 4566 section 6: rtpmap and fmtp).
 *
 * @param encoding the encoding name, such as {@code H264}; case does not matter
 * @param payloadType 0 to 127
 * @param clockRate ticks of the RTP timestamp a second; 0 where the description does not say
 * @param channels of audio; 0 where the description does not say
 * @param parameters the text of fmtp after the payload type, empty where there is none
 */
public record PayloadFormat(
    String encoding, int payloadType, int clockRate, int channels, String parameters) {

  /**
   * The payload format in which {@link Packetizer} sends frames of a format, with its parameter
   * sets; empty for a codec that cannot be sent.
   *
   * @param dynamicType the payload type where the codec has none of its own (RFC 3551), 96 to 127
   * @throws IllegalArgumentException if {@code dynamicType} is not valid
   */
  public static Optional<PayloadFormat> of(FrameFormat format, int dynamicType) {
    return PayloadFormatWriter.write(format, dynamicType);
  }
}
