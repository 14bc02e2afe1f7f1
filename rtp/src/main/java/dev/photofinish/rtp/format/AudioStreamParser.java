package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Parses frames that each say their length in a header of their own. */
abstract class AudioStreamParser extends StreamParser {
  /** Of a frame of which only the beginning of the header is there. */
  static final int MORE = Integer.MAX_VALUE;

  private final int track;
  private final int shortest;
  private FrameFormat format;

  /** The time that was said for the frame of which only the beginning is there. */
  private long begun = NO_TIME;

  /** The last time that a frame got. */
  private long used = NO_TIME;

  /** Whether a frame was read up to where the next one is looked for. */
  private boolean inStep;

  /**
   * @param format until a frame says another
   * @param shortest bytes of a frame
   * @param output takes each frame and its reference
   */
  AudioStreamParser(int track, FrameFormat format, int shortest, Consumer<? super Frame> output) {
    super(output);
    this.track = track;
    this.format = format;
    this.shortest = shortest;
  }

  @Override
  public final FrameFormat format() {
    return format;
  }

  /** That of the frames that follow. */
  final void format(FrameFormat next) {
    format = next;
  }

  /** That of the frames that follow; the same one where nothing has changed. */
  final void format(int clockRate, int sampleRate, int channels) {
    if (sampleRate != format.sampleRate() || channels != format.channels()) {
      format = FrameFormat.audio(format.codec(), clockRate, sampleRate, channels);
    }
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
        if (index < from) {
          begun = NO_TIME; // of one frame alone, whatever is pending behind it
        } else if (next != NO_TIME) {
          used = next;
          next = NO_TIME;
        }
      }
      inStep = length > 0;
      in.skipBytes(Math.max(1, length));
    }
    if (in.readerIndex() >= from) {
      begun = next;
      used = in.isReadable() && next != NO_TIME ? next : used;
    }
  }

  /** Whether what is looked at stands right behind a frame. */
  final boolean isInStep() {
    return inStep;
  }

  /**
   * Gives a frame of which these bytes are the whole, copied.
   *
   * @param samples of each channel
   */
  final void emitWhole(ByteBuf in, int index, int length, int samples, long time) {
    int duration = (int) ((long) samples * format.clockRate() / format.sampleRate());
    double seconds = (double) samples / format.sampleRate();
    emit(in.slice(index, length), duration, false, time, seconds);
  }

  /** Gives a frame of these bytes, copied. */
  final void emit(ByteBuf bytes, int duration, boolean damaged, long time, double seconds) {
    ByteBuf content = Unpooled.copiedBuffer(bytes);
    emit(
        Frame.of(track, format, content, new int[0], duration, RandomAccess.IDR, damaged),
        time,
        seconds);
  }

  @Override
  final void interrupted() {
    inStep = false;
    begun = NO_TIME;
  }

  @Override
  public final void end() {
    pending().skipBytes(pending().readableBytes());
    inStep = false;
    begun = NO_TIME;
  }
}
