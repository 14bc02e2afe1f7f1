package dev.photofinish.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Makes the RTP packets of one source (RFC 3550 section 5.1): numbers them, and counts what a
 * sender report says. Not safe for use by several threads.
 */
public final class RtpWriter {
  private static final int HEADER = 12;
  private static final int VERSION_2 = 0x80;
  private static final int MARKER = 0x80;
  private static final int MOST_TYPE = 127;

  private final long ssrc;
  private final int payloadType;
  private int sequence;
  private long packets;
  private long octets;

  /**
   * A writer whose packets have no CSRC, extension or padding.
   *
   * @param ssrc 32 bits, unsigned
   * @param payloadType 0 to 127
   * @param firstSequence of the first packet, 0 to 65535; a random one is better against guessing
   */
  public RtpWriter(long ssrc, int payloadType, int firstSequence) {
    if (payloadType < 0 || payloadType > MOST_TYPE) {
      throw new IllegalArgumentException(
          "payloadType: " + payloadType + " is not valid; expected 0 to 127");
    }
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.sequence = firstSequence & 0xffff;
  }

  /**
   * A packet: a header of its own and the payload, which is not copied.
   *
   * @param payload its reference is taken over
   * @param timestamp 32 bits, unsigned
   */
  public ByteBuf packet(ByteBuf payload, long timestamp, boolean marker) {
    ByteBuf header = Unpooled.buffer(HEADER, HEADER);
    header.writeByte(VERSION_2).writeByte((marker ? MARKER : 0) | payloadType);
    header.writeShort(sequence).writeInt((int) timestamp).writeInt((int) ssrc);
    sequence = (sequence + 1) & 0xffff;
    packets++;
    octets += payload.readableBytes();
    return Unpooled.wrappedBuffer(header, payload);
  }

  /** The next packet's number, 0 to 65535. */
  public int sequence() {
    return sequence;
  }

  /** So far. */
  public long packets() {
    return packets;
  }

  /** Bytes of payload so far. */
  public long octets() {
    return octets;
  }
}
