package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * A format whose frames are spread over packets of one timestamp, the last with the marker (RFC
 * 3550 section 5.1).
 *
 * <p>A camera that never sets the marker is understood by the next timestamp. One that sets it on
 * each packet is recognised when a marker is followed by the same timestamp: from then on only the
 * next timestamp ends a frame.
 */
abstract class VideoDepacketizer extends Depacketizer {
  private boolean open;
  private boolean markerIsNoEnd;

  /** Of the frame that was ended by a marker last; -1 after a reset. */
  private long ended = -1;

  VideoDepacketizer(int track, PayloadFormat format, Consumer<? super Frame> output) {
    super(track, format, output);
  }

  @Override
  final void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    if (open && header.timestamp() != frame().timestamp()) {
      // The packets that are missing may be its end, or of what follows: not all of it is there.
      finish(lost() > 0 || !isWhole());
    }
    if (!open) {
      begin(header.timestamp(), in, index, length, now);
    } else if (lost() > 0) {
      interrupted();
    }
    append(in, index, length);
    if (header.marker() && !markerIsNoEnd && isWhole()) {
      ended = header.timestamp();
      finish(false);
    }
  }

  private void begin(long timestamp, ByteBuf in, int index, int length, long now) {
    markerIsNoEnd |= timestamp == ended && lost() == 0;
    boolean startMissing = !isStart(in, index, length);
    frame().begin(timestamp, now);
    open = true;
    if (startMissing) {
      frame().damage();
    }
  }

  private void finish(boolean endMissing) {
    open = false;
    if (endMissing) {
      interrupted();
    }
    complete();
  }

  @Override
  public void reset() {
    super.reset();
    open = false;
    ended = -1;
    abandon();
  }

  /** Packets of the frame are missing here. */
  @Override
  final void interrupted() {
    frame().damage();
    abandon();
  }

  /** Whether a frame can begin with this payload: false where a part of it was before. */
  abstract boolean isStart(ByteBuf in, int index, int length);

  /** Appends what a payload brings to {@link #frame}. */
  abstract void append(ByteBuf in, int index, int length);

  /** Whether nothing that was begun in the frame is waiting for its end. */
  abstract boolean isWhole();

  /** What was begun in the frame has no end: packets are missing here. */
  abstract void abandon();

  /** Emits {@link #frame}, or lets it go where it is empty. */
  abstract void complete();
}
