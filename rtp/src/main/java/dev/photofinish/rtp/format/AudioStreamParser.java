package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** Parses frames that each say their length in a header of their own. */
abstract class AudioStreamParser extends StreamParser {
  /** Of a frame of which only the beginning of the header is there. */
  static final int MORE = Integer.MAX_VALUE;

  private final int shortest;

  /** The time that was said for the frame of which only the beginning is there. */
  private long begun = NO_TIME;

  /** The last time that a frame got. */
  private long used = NO_TIME;

  /**
   * @param shortest bytes of a frame
   * @param output takes each frame and its reference
   */
  AudioStreamParser(int shortest, Consumer<? super Frame> output) {
    super(output);
    this.shortest = shortest;
  }

  /**
   * Bytes of the frame with its header; 0 where there is none that can be read, {@link #MORE} where
   * the header goes on behind what has come.
   */
  abstract int length(ByteBuf in, int index);

  /** Takes a frame that is there as a whole. */
  abstract void frame(ByteBuf in, int index, int length, long time);

  @Override
  void parse(long time, int from) {
    ByteBuf in = pending();
    long next = time == used ? NO_TIME : time;
    while (in.readableBytes() >= shortest) {
      int index = in.readerIndex();
      int length = length(in, index);
      if (length > in.readableBytes()) {
        break;
      }
      if (length > 0) {
        frame(in, index, length, index < from ? begun : next);
        if (index >= from && next != NO_TIME) {
          used = next;
          next = NO_TIME;
        }
      }
      in.skipBytes(Math.max(1, length));
    }
    if (in.readerIndex() >= from) {
      begun = next;
      used = in.isReadable() && next != NO_TIME ? next : used;
    }
  }

  @Override
  final void interrupted() {
    begun = NO_TIME;
  }

  @Override
  public final void end() {
    pending().skipBytes(pending().readableBytes());
    begun = NO_TIME;
  }
}
