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
  /**
   * Reads the header of the packet that the buffer's remaining bytes are; the buffer's position
   * stays.
   *
   * @throws RtpFormatException if it is no packet of RTP version 2, or one whose parts do not fit
   */
  public static RtpHeader parse(ByteBuffer packet) throws RtpFormatException {
    return new InBuffer(packet).header();
  }

  /** The payload of the packet that was parsed, a view. */
  public ByteBuffer payload(ByteBuffer packet) {
    return packet.slice(packet.position() + headerLength, payloadLength);
  }

  /** The header extension of the packet that was parsed, a view; empty if it has none. */
  public ByteBuffer extension(ByteBuffer packet) {
    int index = packet.position() + headerLength - extensionLength;
    return packet.slice(index, extensionLength);
  }

  /** A packet in a buffer of the platform. */
  private static final class InBuffer extends RtpHeaderFields implements RtpHeaderFields.Source {
    private final ByteBuffer packet;

    InBuffer(ByteBuffer packet) throws RtpFormatException {
      this.packet = packet;
      read(this, packet.remaining());
    }

    @Override
    public byte byteAt(int offset) {
      return packet.get(packet.position() + offset);
    }

    @Override
    public int intAt(int offset) {
      return packet.getInt(packet.position() + offset);
    }
  }
}
