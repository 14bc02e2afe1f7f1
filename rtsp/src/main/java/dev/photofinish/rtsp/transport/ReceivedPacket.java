package dev.photofinish.rtsp.transport;

import dev.photofinish.rtp.ReplayExtension;
import dev.photofinish.rtp.RtpFormatException;
import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * One RTP packet where it lies among the bytes that came, with its header. The same object serves
 * for the next packet: it is valid until its receiver returns.
 */
public final class ReceivedPacket extends RtpHeaderFields {
  private final Bytes bytes = new Bytes();
  private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
  private int index;

  private final class Bytes implements Source {
    @Override
    public byte byteAt(int offset) {
      return buffer.getByte(index + offset);
    }

    @Override
    public int intAt(int offset) {
      return buffer.getInt(index + offset);
    }
  }

  /**
   * Takes the place of the packet before.
   *
   * @throws RtpFormatException if it is no packet of RTP version 2, or one whose parts do not fit
   */
  public void set(ByteBuf in, int at, int length) throws RtpFormatException {
    buffer = in;
    index = at;
    read(bytes, length);
  }

  /** What the header extension of a recording says (ONVIF); empty without one. */
  public Optional<ReplayExtension> replay() {
    int length = extensionLength();
    return length == 0
        ? Optional.empty()
        : ReplayExtension.parse(buffer.nioBuffer(index + headerLength() - length, length));
  }

  /** Lets go of the bytes. */
  void clear() {
    buffer = Unpooled.EMPTY_BUFFER;
  }

  /** The bytes among which the packet lies; to keep it is to retain them. */
  public ByteBuf buffer() {
    return buffer;
  }

  /** The index in {@link #buffer} of the packet's first byte. */
  public int index() {
    return index;
  }
}
