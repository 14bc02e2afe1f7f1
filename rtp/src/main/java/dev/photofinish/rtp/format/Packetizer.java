package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Makes the payloads of RTP packets of one media's frames: the other way round of {@link
 * Depacketizer}. {@code PayloadFormats.packetizer} makes one, and {@link
 * dev.photofinish.rtp.RtpWriter} puts headers before what it makes.
 *
 * <p>Pure: no clock, no thread, and nothing is kept between frames but the last 511 bytes of MP3 of
 * which ADUs are made. Not safe for use by several threads.
 */
public abstract class Packetizer {
  private final Codec codec;
  private final int mostBytes;

  Packetizer(Codec codec, int mostBytes) {
    this.codec = codec;
    this.mostBytes = mostBytes;
  }

  /** Takes payloads in their order. */
  @FunctionalInterface
  public interface Output {
    /**
     * One payload.
     *
     * @param payload a view of the frame, behind a few bytes of its own where the format has a
     *     header; the reference is the receiver's
     * @param timestamp the RTP timestamp, 32 bits, unsigned
     * @param marker of the packet
     */
    void payload(ByteBuf payload, long timestamp, boolean marker);
  }

  /**
   * Makes the payloads of a frame, which stays the caller's.
   *
   * @param timestamp the RTP timestamp of the frame; only its lowest 32 bits count
   * @throws IllegalArgumentException if the frame is of another codec, or larger than its format
   *     can say
   */
  public final void packetize(Frame frame, long timestamp, Output output) {
    if (frame.codec() != codec) {
      throw new IllegalArgumentException(
          "frame: " + frame.codec() + " is not valid; expected " + codec);
    }
    payloads(frame, timestamp & 0xffff_ffffL, output);
  }

  abstract void payloads(Frame frame, long timestamp, Output output);

  /** Of a payload. */
  final int mostBytes() {
    return mostBytes;
  }

  /** A payload with some bytes before a part of the frame, which is retained. */
  static ByteBuf withHeader(byte[] header, ByteBuf content, int index, int length) {
    return Unpooled.wrappedBuffer(
        Unpooled.wrappedBuffer(header), content.retainedSlice(index, length));
  }
}
