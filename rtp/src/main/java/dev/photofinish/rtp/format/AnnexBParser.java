package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses Annex B: finds NAL units between start codes, and access units among them (H.264 section
 * 7.4.1.2.3, H.265 section 7.4.2.4.4).
 */
final class AnnexBParser extends StreamParser {
  private static final int CLOCK_RATE = 90_000;
  private static final int CODE = 3;

  /** Of a unit that is larger than a frame may be. */
  private static final int KEPT_OF_TOO_LARGE = 1 << 20;

  /** Pictures a second where the stream does not say. */
  private static final double USUAL_RATE = 25;

  private final ParameterSets sets;
  private final FrameBuilder frame;
  private FrameFormat format;

  /** Whether a start code came, and the bytes before the reader index are a unit. */
  private boolean inUnit;

  /** Where the search for a start code goes on, after the reader index. */
  private int searched;

  private boolean tooLarge;
  private long unitTime = NO_TIME;
  private long usedTime = NO_TIME;

  private boolean hasSlice;
  private boolean setsChanged;
  private RandomAccess access = RandomAccess.NONE;
  private long frameTime = NO_TIME;
  private final @Nullable FieldPairs fields;

  AnnexBParser(int track, ParameterSets sets, Consumer<? super Frame> output) {
    super(output);
    this.sets = sets;
    this.frame = new FrameBuilder(track, Depacketizer.MOST_FRAME_BYTES);
    this.format = FrameFormat.video(sets.codec(), CLOCK_RATE);
    this.fields = sets.codec() == Codec.H264 ? new FieldPairs(this::emit) : null;
    frame.begin(0, 0);
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  // ---- Units

  @Override
  void parse(long time, int from) {
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
      unit(from, NalUnits.withoutZeros(pending(), from, end) - from);
    }
    tooLarge = false;
    inUnit = false;
  }

  /** A slice without its end is kept, as far as it came. */
  @Override
  void interrupted() {
    ByteBuf in = pending();
    if (inUnit && !tooLarge && in.isReadable() && sets.isSlice(sets.type(in, in.readerIndex()))) {
      unit(in.readerIndex(), in.readableBytes());
    }
    if (inUnit || hasSlice) {
      frame.damage();
    }
    inUnit = false;
    tooLarge = false;
    searched = 0;
  }

  @Override
  public void end() {
    endUnit(pending().writerIndex());
    pending().skipBytes(pending().readableBytes());
    searched = 0;
    if (hasSlice) {
      endFrame();
    }
    if (fields != null) {
      fields.end();
    }
  }

  // ---- Access units

  private void unit(int index, int length) {
    if (length >= sets.headerBytes()) {
      ByteBuf unit = Unpooled.copiedBuffer(pending().slice(index, length));
      unit(unit, length);
      unit.release();
    }
  }

  private void unit(ByteBuf unit, int length) {
    int type = sets.type(unit, 0);
    boolean slice = sets.isSlice(type);
    if (hasSlice && (slice ? isFirstSlice(unit) : isBeforePicture(type))) {
      endFrame();
    }
    if (frameTime == NO_TIME && unitTime != usedTime) {
      frameTime = unitTime;
      usedTime = unitTime;
    }
    if (!slice) {
      setsChanged |= sets.take(unit, 0, length);
    }
    hasSlice |= slice;
    access = access.strongest(sets.randomAccess(unit, 0, length));
    frame.startNal();
    frame.append(unit, 0, length);
  }

  /** first_mb_in_slice is 0, or first_slice_segment_in_pic_flag is set, in the lowest layer. */
  private boolean isFirstSlice(ByteBuf unit) {
    int header = sets.headerBytes();
    boolean lowest = header == 1 || (unit.getUnsignedShort(0) >> 3 & 0x3f) == 0;
    return lowest && unit.readableBytes() > header && unit.getByte(header) < 0;
  }

  /** Whether a unit of this type after a picture belongs to the next one. */
  private boolean isBeforePicture(int type) {
    if (sets.codec() == Codec.H264) {
      return (type >= 6 && type <= 9) || (type >= 14 && type <= 18);
    }
    return (type >= 32 && type <= 35)
        || type == 39
        || (type >= 41 && type <= 44)
        || (type >= 48 && type <= 55);
  }

  private void endFrame() {
    if (setsChanged) {
      setsChanged = false;
      format = sets.applied(format);
    }
    double rate = sets.frameRate();
    Frame made = frame.build(format, access);
    frame.begin(0, 0);
    hasSlice = false;
    access = RandomAccess.NONE;
    long time = frameTime;
    frameTime = NO_TIME;
    double seconds = 1 / (rate > 0 ? rate : USUAL_RATE);
    if (fields != null) {
      fields.frame(made, time, seconds);
    } else {
      emit(made, time, seconds);
    }
  }
}
