package dev.photofinish.rtsp.client;

import dev.photofinish.rtp.ReplayExtension;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A view of one RTP packet (RFC 3550 section 5.1) in the bytes that came from the connection:
 * nothing is copied.
 *
 * <p>Ownership is that of {@link CameraListener#packet}: the packet and every buffer taken from it
 * are valid during the call; after {@link #retain} until {@link #release}. Its header's fields are
 * valid for ever.
 */
public final class RtpPacket extends RtpHeaderFields implements ByteBufHolder {
  private final MediaStream stream;

  /** The bytes among which the packet lies, and which are kept and let go with it. */
  private final ByteBuf buffer;

  private final int index;

  /** Made when it is asked for, which some listeners never do. */
  private @Nullable ByteBuf content;

  /**
   * @param header of the packet, whose first byte is at {@code index} of {@code buffer}
   */
  RtpPacket(MediaStream stream, RtpHeaderFields header, ByteBuf buffer, int index) {
    super(header);
    this.stream = stream;
    this.buffer = buffer;
    this.index = index;
  }

  private RtpPacket(MediaStream stream, ByteBuf packet) throws RtpFormatException {
    this.stream = stream;
    this.buffer = packet;
    this.index = packet.readerIndex();
    read(new Bytes(packet), packet.readableBytes());
  }

  /**
   * A packet that did not come from a connection: of a file, of a test.
   *
   * @param packet its readable bytes; its reference is taken over where it succeeds
   * @throws RtpFormatException if they are no packet of RTP version 2, or one whose parts do not
   *     fit
   */
  public static RtpPacket of(MediaStream stream, ByteBuf packet) throws RtpFormatException {
    return new RtpPacket(stream, packet);
  }

  private record Bytes(ByteBuf packet) implements Source {
    @Override
    public byte byteAt(int offset) {
      return packet.getByte(packet.readerIndex() + offset);
    }

    @Override
    public int intAt(int offset) {
      return packet.getInt(packet.readerIndex() + offset);
    }
  }

  /** The media it belongs to. */
  public MediaStream stream() {
    return stream;
  }

  /** The whole packet; not retained. */
  @Override
  public ByteBuf content() {
    ByteBuf made = content;
    if (made == null) {
      made = buffer.slice(index, length());
      content = made;
    }
    return made;
  }

  /** What follows the header and its extension, padding left out; not retained. */
  public ByteBuf payload() {
    return buffer.slice(index + headerLength(), payloadLength());
  }

  /** What the header extension of a recording says (ONVIF); empty without one. */
  public Optional<ReplayExtension> replay() {
    int length = extensionLength();
    return length == 0
        ? Optional.empty()
        : ReplayExtension.parse(buffer.nioBuffer(index + headerLength() - length, length));
  }

  @Override
  public RtpPacket copy() {
    return replace(content().copy());
  }

  @Override
  public RtpPacket duplicate() {
    return replace(content().duplicate());
  }

  @Override
  public RtpPacket retainedDuplicate() {
    return replace(content().retainedDuplicate());
  }

  /** The same header with other bytes, as long as these. */
  @Override
  public RtpPacket replace(ByteBuf bytes) {
    return new RtpPacket(stream, this, bytes, bytes.readerIndex());
  }

  @Override
  public RtpPacket retain() {
    buffer.retain();
    return this;
  }

  @Override
  public RtpPacket retain(int increment) {
    buffer.retain(increment);
    return this;
  }

  @Override
  public RtpPacket touch() {
    buffer.touch();
    return this;
  }

  @Override
  public RtpPacket touch(Object hint) {
    buffer.touch(hint);
    return this;
  }

  @Override
  public int refCnt() {
    return buffer.refCnt();
  }

  @Override
  public boolean release() {
    return buffer.release();
  }

  @Override
  public boolean release(int decrement) {
    return buffer.release(decrement);
  }

  @Override
  public String toString() {
    return "RTP "
        + stream.media()
        + " "
        + sequence()
        + " at "
        + timestamp()
        + " from "
        + Long.toHexString(ssrc())
        + ", "
        + length()
        + " bytes";
  }
}
