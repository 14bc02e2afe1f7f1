package dev.photofinish.rtsp.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * A view of one RTP packet (RFC 3550 section 5.1) in the bytes that came from the connection:
 * nothing is copied.
 *
 * <p>Ownership is that of {@link CameraListener#packet}: the packet and every buffer taken from it
 * are valid during the call; after {@link #retain} until {@link #release}.
 */
public final class RtpPacket extends DefaultByteBufHolder {
  private static final int FIXED_HEADER = 12;

  private final MediaStream stream;

  private RtpPacket(MediaStream stream, ByteBuf packet) {
    super(packet);
    this.stream = stream;
  }

  /** Whether the bytes can be an RTP packet: version 2 and a header that fits. */
  static boolean isValid(ByteBuf packet) {
    return packet.readableBytes() >= FIXED_HEADER
        && (packet.getByte(packet.readerIndex()) & 0xc0) == 0x80
        && headerLength(packet) + paddingLength(packet) <= packet.readableBytes();
  }

  /** Takes over the caller's reference to {@code packet}, which must be {@link #isValid}. */
  static RtpPacket of(MediaStream stream, ByteBuf packet) {
    return new RtpPacket(stream, packet);
  }

  /** The media it belongs to. */
  public MediaStream stream() {
    return stream;
  }

  public boolean marker() {
    return (octet(1) & 0x80) != 0;
  }

  public int payloadType() {
    return octet(1) & 0x7f;
  }

  /** 0 to 65535. */
  public int sequenceNumber() {
    return content().getUnsignedShort(content().readerIndex() + 2);
  }

  /** In ticks of the stream's clock rate, 0 to 2^32 - 1. */
  public long timestamp() {
    return content().getUnsignedInt(content().readerIndex() + 4);
  }

  /** 0 to 2^32 - 1. */
  public long ssrc() {
    return content().getUnsignedInt(content().readerIndex() + 8);
  }

  /** What follows the header, extension included in the header, padding left out; not retained. */
  public ByteBuf payload() {
    int header = headerLength(content());
    return content()
        .slice(
            content().readerIndex() + header,
            content().readableBytes() - header - paddingLength(content()));
  }

  private int octet(int index) {
    return content().getUnsignedByte(content().readerIndex() + index);
  }

  private static int headerLength(ByteBuf packet) {
    int start = packet.readerIndex();
    int first = packet.getUnsignedByte(start);
    int length = FIXED_HEADER + 4 * (first & 0x0f);
    boolean extended = (first & 0x10) != 0;
    if (!extended) {
      return length;
    }
    boolean fits = packet.readableBytes() >= length + 4;
    return fits ? length + 4 + 4 * packet.getUnsignedShort(start + length + 2) : 1 << 20;
  }

  private static int paddingLength(ByteBuf packet) {
    boolean padded = (packet.getByte(packet.readerIndex()) & 0x20) != 0;
    return padded ? packet.getUnsignedByte(packet.writerIndex() - 1) : 0;
  }

  @Override
  public RtpPacket replace(ByteBuf content) {
    return new RtpPacket(stream, content);
  }

  @Override
  public RtpPacket retain() {
    super.retain();
    return this;
  }

  @Override
  public String toString() {
    return "RTP "
        + stream.media()
        + " "
        + sequenceNumber()
        + " at "
        + timestamp()
        + " from "
        + Long.toHexString(ssrc())
        + ", "
        + content().readableBytes()
        + " bytes";
  }
}
