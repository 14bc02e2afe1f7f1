package dev.photofinish.rtsp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * A {@code $} frame: RTP or RTCP on the RTSP connection (RFC 2326 section 10.12).
 *
 * <p>The content is reference-counted. From the decoder it is a retained slice of what was read
 * from the socket, not a copy: the receiver of the frame releases it, soon, because a slice keeps
 * the whole read alive. The encoder releases what it is given.
 */
public final class InterleavedFrame extends DefaultByteBufHolder {
  /** Offset of a frame that was not received. */
  public static final long NOT_RECEIVED = -1;

  static final int HEADER_LENGTH = 4;
  static final int LONGEST_CONTENT = 0xffff;

  private static final int HIGHEST_CHANNEL = 255;

  private static final int DOLLAR = '$';

  private final int channel;
  private final long offset;

  /**
   * A frame to be sent.
   *
   * @param channel 0 to 255
   * @param content at most 65535 bytes; this frame owns it
   */
  public InterleavedFrame(int channel, ByteBuf content) {
    this(channel, content, NOT_RECEIVED);
  }

  InterleavedFrame(int channel, ByteBuf content, long offset) {
    super(content);
    if (channel < 0 || channel > HIGHEST_CHANNEL) {
      throw new IllegalArgumentException("A channel is 0 to 255: " + channel);
    }
    if (content.readableBytes() > LONGEST_CONTENT) {
      throw new IllegalArgumentException(
          "A frame holds at most 65535 bytes: " + content.readableBytes());
    }
    this.channel = channel;
    this.offset = offset;
  }

  /** Whether a frame begins with these four bytes, the first one highest. */
  static boolean begins(int header) {
    return header >>> 24 == DOLLAR;
  }

  /** The channel in a frame's first four bytes. */
  static int channel(int header) {
    return (header >> 16) & 0xff;
  }

  /** The length of the content, in a frame's first four bytes. */
  static int length(int header) {
    return header & 0xffff;
  }

  /** The channel, 0 to 255. */
  public int channel() {
    return channel;
  }

  /**
   * Position in the connection of the dollar sign; {@link #NOT_RECEIVED} for a frame to be sent.
   */
  public long offset() {
    return offset;
  }

  @Override
  public InterleavedFrame replace(ByteBuf content) {
    return new InterleavedFrame(channel, content, offset);
  }

  @Override
  public InterleavedFrame copy() {
    return replace(content().copy());
  }

  @Override
  public InterleavedFrame duplicate() {
    return replace(content().duplicate());
  }

  @Override
  public InterleavedFrame retainedDuplicate() {
    return replace(content().retainedDuplicate());
  }

  @Override
  public InterleavedFrame retain() {
    super.retain();
    return this;
  }

  @Override
  public InterleavedFrame retain(int increment) {
    super.retain(increment);
    return this;
  }

  @Override
  public InterleavedFrame touch() {
    super.touch();
    return this;
  }

  @Override
  public InterleavedFrame touch(Object hint) {
    super.touch(hint);
    return this;
  }

  @Override
  public String toString() {
    return "frame on channel " + channel + ", " + content().readableBytes() + " bytes";
  }
}
