package dev.photofinish.rtp;

import java.nio.ByteBuffer;

/**
 * The header of an RTP packet (RFC 3550 section 5.1); the payload stays in its buffer.
 *
 * @param payloadType 0 to 127
 * @param sequence 0 to 65535
 * @param timestamp 32 bits, unsigned
 * @param ssrc 32 bits, unsigned
 * @param csrcCount contributing sources, 0 to 15
 * @param extensionLength bytes of the header extension with its own four-byte header; 0 if none
 * @param headerLength bytes before the payload
 * @param payloadLength bytes of the payload, without padding
 */
public record RtpHeader(
    boolean marker,
    int payloadType,
    int sequence,
    long timestamp,
    long ssrc,
    int csrcCount,
    int extensionLength,
    int headerLength,
    int payloadLength) {
  private static final int FIXED_LENGTH = 12;
  private static final int VERSION = 2;

  /**
   * Reads the header of the packet that the buffer's remaining bytes are; the buffer's position
   * stays.
   *
   * @throws RtpFormatException if it is no packet of RTP version 2, or one whose parts do not fit
   */
  public static RtpHeader parse(ByteBuffer packet) throws RtpFormatException {
    int start = packet.position();
    int length = packet.remaining();
    if (length < FIXED_LENGTH) {
      throw malformed(length + " bytes", "at least 12 bytes");
    }
    int first = packet.get(start);
    if (((first >> 6) & 3) != VERSION) {
      throw malformed("version " + ((first >> 6) & 3), "version 2");
    }
    int csrcCount = first & 0x0f;
    int sources = FIXED_LENGTH + 4 * csrcCount;
    int extension = (first & 0x10) == 0 ? 0 : extensionLength(packet, sources);
    int padding = (first & 0x20) == 0 ? 0 : packet.get(start + length - 1) & 0xff;
    int payload = length - sources - extension - padding;
    if (payload < 0 || ((first & 0x20) != 0 && padding == 0)) {
      throw malformed(length + " bytes", "room for " + csrcCount + " CSRC, extension and padding");
    }
    return new RtpHeader(
        packet.get(start + 1) < 0,
        packet.get(start + 1) & 0x7f,
        packet.getShort(start + 2) & 0xffff,
        packet.getInt(start + 4) & 0xffffffffL,
        packet.getInt(start + 8) & 0xffffffffL,
        csrcCount,
        extension,
        sources + extension,
        payload);
  }

  private static int extensionLength(ByteBuffer packet, int at) throws RtpFormatException {
    if (packet.remaining() < at + 4) {
      throw malformed(packet.remaining() + " bytes", "a header extension");
    }
    return 4 + 4 * (packet.getShort(packet.position() + at + 2) & 0xffff);
  }

  private static RtpFormatException malformed(String seen, String expected) {
    return new RtpFormatException("RTP packet", seen, expected);
  }

  /** The payload of the packet that was parsed, a view. */
  public ByteBuffer payload(ByteBuffer packet) {
    return packet.slice(packet.position() + headerLength, payloadLength);
  }
}
