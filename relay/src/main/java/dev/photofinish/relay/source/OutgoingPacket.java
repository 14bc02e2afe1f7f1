package dev.photofinish.relay.source;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;

/**
 * An RTP packet as all readers get it: of the relay's own source, whose numbers go on whatever the
 * camera does. Its bytes are shared and must not be changed.
 *
 * <p>Ownership: valid during the call that hands it over; {@link #retain} keeps it until {@link
 * #release}.
 */
public final class OutgoingPacket extends AbstractReferenceCounted {
  /**
   * Bytes before the RTP header: {@code $}, the channel, and the length (RFC 2326 section 10.12).
   */
  public static final int INTERLEAVED_HEADER = 4;

  private final int track;
  private final long timestamp;
  private final ByteBuf buffer;
  private final int index;
  private final int length;
  private final boolean discontinuity;

  /** A packet that continues those before it. */
  public OutgoingPacket(int track, long timestamp, ByteBuf framed) {
    this(track, timestamp, framed, false);
  }

  /**
   * A packet in an interleaved frame, and alone in its buffer.
   *
   * @param framed on channel {@code 2 * track}; its reference is taken over
   * @param timestamp of the RTP header
   * @param discontinuity whether it continues nothing
   */
  public OutgoingPacket(int track, long timestamp, ByteBuf framed, boolean discontinuity) {
    this(track, timestamp, framed, framed.readerIndex(), framed.readableBytes(), discontinuity);
  }

  /**
   * A packet in an interleaved frame on channel {@code 2 * track}, which is the {@code length}
   * bytes at {@code index} of a buffer that it may share with others.
   *
   * @param buffer its reference is taken over
   * @param timestamp of the RTP header
   * @param discontinuity whether it continues nothing
   */
  public OutgoingPacket(
      int track, long timestamp, ByteBuf buffer, int index, int length, boolean discontinuity) {
    this.track = track;
    this.timestamp = timestamp;
    this.buffer = buffer;
    this.index = index;
    this.length = length;
    this.discontinuity = discontinuity;
  }

  /** The number of its media among those of the source, from 0. */
  public int track() {
    return track;
  }

  /** The RTP timestamp, 32 bits, unsigned. */
  public long timestamp() {
    return timestamp;
  }

  /** The RTP sequence number, 0 to 65535. */
  public int sequence() {
    return buffer.getUnsignedShort(index + INTERLEAVED_HEADER + 2);
  }

  /**
   * Whether it continues nothing that was sent of its track, though its numbers do: it is the first
   * one, or the first of another connection or source of the camera's, or of a clock that was set.
   */
  public boolean isDiscontinuity() {
    return discontinuity;
  }

  /** The packet behind an interleaved header for channel {@code 2 * track}; not retained. */
  public ByteBuf framed() {
    return buffer.slice(index, length);
  }

  /** The same with a reference for the caller. */
  public ByteBuf retainedFramed() {
    return retainedFramed(length);
  }

  /** So many bytes from its interleaved header on, with a reference for the caller. */
  ByteBuf retainedFramed(int bytes) {
    return buffer.retainedSlice(index, bytes);
  }

  /** Bytes of {@link #framed}. */
  public int framedBytes() {
    return length;
  }

  /** Whether it lies in memory right behind another packet. */
  @SuppressWarnings("ReferenceEquality") // equal bytes elsewhere are other memory
  boolean follows(OutgoingPacket other) {
    return buffer == other.buffer && index == other.index + other.length;
  }

  /** The packet from its RTP header on; not retained. */
  public ByteBuf rtp() {
    return buffer.slice(index + INTERLEAVED_HEADER, length - INTERLEAVED_HEADER);
  }

  @Override
  protected void deallocate() {
    buffer.release();
  }

  @Override
  public OutgoingPacket retain() {
    super.retain();
    return this;
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    buffer.touch(hint);
    return this;
  }
}
