package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Makes frames of the bytes of an elementary stream, as files and transport streams have it: Annex
 * B of H.264 and H.265, OBUs of AV1, MPEG-1 and MPEG-2 video, AAC as ADTS and LATM, MPEG audio,
 * AC-3, Opus of transport streams. Bytes come in parts of any size; of those that belong to no
 * frame nothing is kept. Work is linear, and what is kept is bounded by the largest frame, {@value
 * Depacketizer#MOST_FRAME_BYTES} bytes.
 *
 * <p>{@code StreamParsers} makes one. Pure: no clock, no thread. Not safe for use by several
 * threads.
 */
public abstract class StreamParser {
  /** For bytes of which nothing says the time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final double SECOND = 1e9;

  private final Consumer<? super Frame> output;

  /** From the beginning of what is not yet a frame or a unit. */
  private ByteBuf pending = Unpooled.buffer();

  /** The last time that was said, and how long after it the last frame is. */
  private long said;

  private double after;

  /** Seconds of the last frame; 0 before the first. */
  private double last;

  /** Packets that were lost since the last frame. */
  private int lost;

  /**
   * @param output takes each frame and its reference
   */
  StreamParser(Consumer<? super Frame> output) {
    this.output = output;
  }

  /**
   * Takes bytes, which stay the caller's.
   *
   * @param time of presentation of the first frame that begins in these bytes, in nanoseconds, or
   *     {@link #NO_TIME}; other frames follow by their duration. A time that is said again is that
   *     of the same frame.
   */
  public final void bytes(ByteBuf in, long time) {
    if (pending.readableBytes() == 0) {
      pending = Unpooled.buffer(in.readableBytes());
    }
    pending.writeBytes(in, in.readerIndex(), in.readableBytes());
    parse(time, pending.writerIndex() - in.readableBytes());
    if (pending.readerIndex() > pending.writerIndex() / 2) {
      pending.discardReadBytes();
    }
  }

  /**
   * Bytes are missing between those before and those that follow. Video that was begun is damaged,
   * audio that was begun is left out, and the next frame says how much is missing ({@link
   * Frame#lost}).
   *
   * @param packets of the transport stream, or whatever the bytes were in
   */
  public final void lost(int packets) {
    lost += packets;
    interrupted();
    pending.skipBytes(pending.readableBytes());
  }

  /** What is pending has no end; it goes. */
  abstract void interrupted();

  /** Nothing follows: what is kept is a frame. */
  public abstract void end();

  /** What is known of the media. */
  public abstract FrameFormat format();

  /**
   * Reads what came.
   *
   * @param time of what begins there
   * @param from its index in {@link #pending}
   */
  abstract void parse(long time, int from);

  /**
   * The bytes that are neither a frame nor a unit yet; what is read before its reader index goes.
   */
  final ByteBuf pending() {
    return pending;
  }

  /**
   * Gives a frame to the user.
   *
   * @param time that was said for it, or {@link #NO_TIME}
   * @param seconds to the next frame
   */
  final void emit(Frame frame, long time, double seconds) {
    if (time == NO_TIME) {
      after += last;
    } else {
      said = time;
      after = 0;
    }
    last = seconds;
    long nanos = said + Math.round(after * SECOND);
    output.accept(frame.at(new FrameTime(nanos, true, null, false), lost));
    lost = 0;
  }
}
