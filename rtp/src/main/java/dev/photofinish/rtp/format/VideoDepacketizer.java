package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * A format whose frames are spread over packets of one timestamp, the last with the marker (RFC
 * 3550 section 5.1).
 *
 * <p>A camera that never sets the marker is understood by the next timestamp. One that sets it on
 * each packet is recognised when after a marker a frame of the same timestamp goes on: from then on
 * only the next timestamp ends a frame.
 *
 * <p>Packets missing inside a frame damage it, those before its marker too. Packets missing between
 * two frames may be whole frames or the beginning of the second: that is damaged if it does not
 * begin as frames do ({@link #isStart}), or if by their times no frame was between.
 */
abstract class VideoDepacketizer extends Depacketizer {
  /** RTP's clock for video, where the description does not say another. */
  private static final int CLOCK_RATE = 90_000;

  private final Cadence cadence = new Cadence();
  private FrameFormat format;
  private RandomAccess access = RandomAccess.NONE;
  private boolean open;
  private boolean markerIsNoEnd;

  /** The beginning of the frame that is open may be among what is missing. */
  private boolean beginUncertain;

  /** Packets are missing directly before the frame that is open. */
  private boolean afterLoss;

  /** The timestamp of the frame that was ended by a marker last; -1 after a reset. */
  private long ended = -1;

  VideoDepacketizer(int track, PayloadFormat payload, Codec codec, Consumer<? super Frame> output) {
    super(track, payload, output);
    int rate = payload.clockRate() == 0 ? CLOCK_RATE : payload.clockRate();
    format = FrameFormat.video(codec, rate);
  }

  @Override
  public final FrameFormat format() {
    return format;
  }

  /** That of the frame that is open, and of those that follow. */
  final void format(FrameFormat next) {
    format = next;
  }

  final void size(int width, int height) {
    if (width != format.width() || height != format.height()) {
      format = format.withSize(width, height);
    }
  }

  /** A part of the frame says this of it. */
  final void access(RandomAccess said) {
    access = access.strongest(said);
  }

  final RandomAccess access() {
    return access;
  }

  @Override
  final void payload(RtpHeaderFields header, ByteBuf in, int index, int length, long now) {
    if (open && header.timestamp() != frame().timestamp()) {
      nextTimestamp(header.timestamp());
    }
    if (!open) {
      begin(header.timestamp(), in, index, length, now);
    } else if (lost() > 0) {
      interrupted();
    }
    append(header, in, index, length);
    if (header.marker() && !markerIsNoEnd && hasPicture() && isWhole()) {
      ended = header.timestamp();
      finish();
    }
  }

  private void nextTimestamp(long timestamp) {
    if (hasPicture() || lost() > 0) {
      boolean oneIsItsEnd = lost() == 1 && ended >= 0 && !markerIsNoEnd;
      // The packets that are missing may be its end, or of what follows: not all of it is there.
      if (lost() > 0) {
        interrupted();
      }
      finish();
      beginUncertain = lost() > 0 && !oneIsItsEnd;
    } else {
      frame().timestamp(timestamp); // parameter sets with a timestamp of their own
    }
  }

  private void begin(long timestamp, ByteBuf in, int index, int length, long now) {
    boolean afterWhole = lost() > 0 && timestamp != ended && cadence.last() == ended;
    boolean noneBetween = cadence.hasNoneBefore(timestamp);
    boolean start = isStart(in, index, length);
    markerIsNoEnd |= !start && timestamp == ended && lost() == 0;
    beginUncertain |= afterWhole;
    afterLoss = lost() > 0;
    frame().begin(timestamp, now);
    open = true;
    if (!start || (afterWhole && noneBetween)) {
      frame().damage();
    }
  }

  private void finish() {
    open = false;
    cadence.frame(frame().timestamp(), afterLoss);
    complete();
    if (!frame().isEmpty()) {
      emit(format, access);
    }
    over();
    beginUncertain = false;
  }

  /**
   * Whether the first packets of the frame may be among those that are missing, though it begins as
   * frames do.
   */
  final boolean isBeginUncertain() {
    return beginUncertain;
  }

  @Override
  public final void reset() {
    super.reset();
    open = false;
    beginUncertain = false;
    ended = -1;
    cadence.reset();
    abandon();
    over();
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
  abstract void append(RtpHeaderFields header, ByteBuf in, int index, int length);

  /** Whether a part of a picture is in the frame: before, a marker is not its end. */
  boolean hasPicture() {
    return true;
  }

  /** Whether nothing that was begun in the frame is waiting for its end. */
  boolean isWhole() {
    return true;
  }

  /** What was begun in the frame has no end: packets are missing here. */
  void abandon() {}

  /** Nothing will be appended to the frame any more; what has no end damages it. */
  void complete() {}

  /** The frame is over: what was known of it is forgotten. */
  private void over() {
    access = RandomAccess.NONE;
    forget();
  }

  /** The frame is over, and the next begins with nothing. */
  void forget() {}
}
