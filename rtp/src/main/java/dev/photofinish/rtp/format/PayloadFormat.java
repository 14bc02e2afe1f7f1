package dev.photofinish.rtp.format;

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
    String encoding, int payloadType, int clockRate, int channels, String parameters) {}
