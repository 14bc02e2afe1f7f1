package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Parses video whose units stand between start codes, 00 00 01. */
abstract class StartCodeParser extends StreamParser {
  static final int CLOCK_RATE = 90_000;

  /** Pictures a second where the stream does not say. */
  static final double USUAL_RATE = 25;

  private static final int CODE = 3;

  /** Of a unit that is larger than a frame may be. */
  private static final int KEPT_OF_TOO_LARGE = 1 << 20;

  private final FrameBuilder frame;

  /** Whether a start code came, and the bytes before the reader index are a unit. */
  private boolean inUnit;

  /** Where the search for a start code goes on, after the reader index. */
  private int searched;

  private boolean tooLarge;
  private long unitTime = NO_TIME;
  private long usedTime = NO_TIME;
  private long frameTime = NO_TIME;

  /**
   * @param output takes each frame and its reference
   */
  StartCodeParser(int track, Consumer<? super Frame> output) {
    super(output);
    this.frame = new FrameBuilder(track, Depacketizer.MOST_FRAME_BYTES);
    frame.begin(0, 0);
  }

  /** Of the picture that is read. */
  final FrameBuilder frame() {
    return frame;
  }

  /** Where a unit ends that ends at {@code end} at the latest. */
  abstract int unitEnd(ByteBuf in, int from, int end);

  /** Whether the unit that begins there is a part of a picture, so that its beginning is of use. */
  abstract boolean isPicture(ByteBuf in, int index);

  /** Takes a unit, without its start code. It stays the caller's. */
  abstract void unit(ByteBuf unit);

  /** Whether the frame has a part of a picture. */
  abstract boolean hasPicture();

  /** The frame is whole. */
  abstract void endFrame();

  /** Nothing follows the last frame. */
  void endStream() {
    // most keep nothing
  }

  @Override
  final void parse(long time, int from) {
    ByteBuf in = pending();
    int end = in.writerIndex();
    int code = NalUnits.startCode(in, in.readerIndex() + searched, end);
    while (code < end) {
      endUnit(code);
      in.readerIndex(code + CODE);
      inUnit = true;
      unitTime = time;
      code = NalUnits.startCode(in, in.readerIndex(), end);
    }
    boolean full = in.readableBytes() > Depacketizer.MOST_FRAME_BYTES;
    if (full && inUnit && !tooLarge) {
      unit(in.readerIndex(), KEPT_OF_TOO_LARGE);
      frame.damage();
      tooLarge = true;
    }
    if (full || !inUnit || tooLarge) {
      in.readerIndex(Math.max(in.readerIndex(), end - (CODE - 1)));
    }
    searched = Math.max(0, in.readableBytes() - (CODE - 1));
  }

  /** The unit that is open ends before an index. */
  private void endUnit(int end) {
    int from = pending().readerIndex();
    if (inUnit && !tooLarge) {
      unit(from, unitEnd(pending(), from, end) - from);
    }
    tooLarge = false;
    inUnit = false;
  }

  private void unit(int index, int length) {
    if (length > 0) {
      ByteBuf unit = Unpooled.copiedBuffer(pending().slice(index, length));
      unit(unit);
      unit.release();
    }
  }

  /** A part of a picture without its end is kept, as far as it came. */
  @Override
  final void interrupted() {
    ByteBuf in = pending();
    if (inUnit && !tooLarge && in.isReadable() && isPicture(in, in.readerIndex())) {
      unit(in.readerIndex(), in.readableBytes());
    }
    if (inUnit || hasPicture()) {
      frame.damage();
    }
    inUnit = false;
    tooLarge = false;
    searched = 0;
  }

  @Override
  public final void end() {
    endUnit(pending().writerIndex());
    pending().skipBytes(pending().readableBytes());
    searched = 0;
    if (hasPicture()) {
      endFrame();
    }
    endStream();
  }

  /** The unit that is taken is of the frame: its time is that of the frame that has none yet. */
  final void time() {
    if (frameTime == NO_TIME && unitTime != usedTime) {
      frameTime = unitTime;
      usedTime = unitTime;
    }
  }

  /** The time that was said for the frame, or {@link #NO_TIME}; the next one has none yet. */
  final long takeTime() {
    long time = frameTime;
    frameTime = NO_TIME;
    return time;
  }

  /** The frame that was read; the next one begins. */
  final Frame build(FrameFormat format, RandomAccess access) {
    Frame made = frame.build(format, access);
    frame.begin(0, 0);
    return made;
  }
}
