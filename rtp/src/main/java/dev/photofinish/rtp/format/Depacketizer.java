package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * Makes frames of the RTP packets of one media. Packets come in the order of their sequence numbers
 * ({@link dev.photofinish.rtp.ReorderBuffer}); one that is late or comes twice is ignored. Loss is
 * marked in the frame that it hit and never hidden. {@code PayloadFormats.depacketizer} makes one.
 *
 * <p>Pure: no clock, no thread. Not safe for use by several threads. What is kept is bounded by the
 * largest frame, {@value #MOST_FRAME_BYTES} bytes.
 */
public abstract class Depacketizer {
  /** The largest frame that is put together; what is beyond is left out, and it is damaged. */
  public static final int MOST_FRAME_BYTES = 16 << 20;

  /** RFC 3550 appendix A.1: a sequence number this far behind is a source that began again. */
  private static final int MAX_MISORDER = 100;

  private final int payloadType;
  private final FrameBuilder frame;
  private final Consumer<? super Frame> output;
  private int expected = -1;

  /** Missing directly before the packet that is read. */
  private int lost;

  private int lostSinceFrame;

  /**
   * @param track the number of the media, for {@link Frame#track}
   * @param output takes each frame and its reference
   */
  protected Depacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    this.payloadType = format.payloadType();
    this.frame = new FrameBuilder(track, MOST_FRAME_BYTES);
    this.output = output;
  }

  /** What is known of the media before, and after, each frame. */
  public abstract FrameFormat format();

  /**
   * Takes a packet; its bytes stay the caller's.
   *
   * @param in the bytes among which the packet lies; only what a frame keeps is retained
   * @param index of the packet's first byte
   * @param now nanoseconds of the caller's clock
   */
  public final void packet(RtpHeaderFields header, ByteBuf in, int index, long now) {
    if (header.payloadType() != payloadType) {
      return;
    }
    int sequence = header.sequence();
    int ahead = expected < 0 ? 0 : (short) (sequence - expected);
    if (ahead < 0 && ahead >= -MAX_MISORDER) {
      return; // late, or twice
    }
    if (ahead < 0) {
      interrupted(); // the source began again
    }
    lost = Math.max(0, ahead);
    lostSinceFrame += lost;
    expected = (sequence + 1) & 0xffff;
    if (header.payloadLength() > 0) {
      payload(header, in, index + header.headerLength(), header.payloadLength(), now);
    } else if (lost > 0) {
      interrupted();
    }
  }

  /**
   * The payload of one packet, 1 byte or more.
   *
   * @param index of the payload's first byte in {@code in}
   */
  abstract void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now);

  /** Packets are missing here, and none with a payload follows directly. */
  void interrupted() {
    frame.damage();
  }

  /** Packets that are missing directly before the one that is read. */
  final int lost() {
    return lost;
  }

  /** The packet that is read brings nothing: it counts as lost. */
  final void unreadable() {
    lostSinceFrame++;
  }

  /** The frame that is put together. */
  final FrameBuilder frame() {
    return frame;
  }

  /** Gives the frame that was put together to the user. */
  final void emit(FrameFormat format, RandomAccess access) {
    frame.lost(lostSinceFrame);
    lostSinceFrame = 0;
    output.accept(frame.build(format, access));
  }

  /**
   * The packets that follow are of another connection or another place of a recording: what is
   * incomplete is let go, and no loss is seen between.
   */
  public void reset() {
    frame.release();
    expected = -1;
    lost = 0;
    lostSinceFrame = 0;
  }
}
