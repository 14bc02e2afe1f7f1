package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.RtpHeader;
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
  private final MediaStream stream;
  private final RtpHeader header;

  /** Takes over the caller's reference to {@code packet}, which {@code header} was read from. */
  RtpPacket(MediaStream stream, RtpHeader header, ByteBuf packet) {
    super(packet);
    this.stream = stream;
    this.header = header;
  }

  /** The media it belongs to. */
  public MediaStream stream() {
    return stream;
  }

  public RtpHeader header() {
    return header;
  }

  /** What follows the header and its extension, padding left out; not retained. */
  public ByteBuf payload() {
    return content().slice(content().readerIndex() + header.headerLength(), header.payloadLength());
  }

  @Override
  public RtpPacket replace(ByteBuf content) {
    return new RtpPacket(stream, header, content);
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
        + header.sequence()
        + " at "
        + header.timestamp()
        + " from "
        + Long.toHexString(header.ssrc())
        + ", "
        + content().readableBytes()
        + " bytes";
  }
}
