package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses Annex B: NAL units, and access units among them (H.264 section 7.4.1.2.3, H.265 section
 * 7.4.2.4.4).
 */
final class AnnexBParser extends StartCodeParser {
  private final ParameterSets sets;
  private FrameFormat format;
  private boolean hasSlice;
  private boolean setsChanged;
  private RandomAccess access = RandomAccess.NONE;
  private final @Nullable FieldPairs fields;

  AnnexBParser(int track, ParameterSets sets, Consumer<? super Frame> output) {
    super(track, output);
    this.sets = sets;
    this.format = FrameFormat.video(sets.codec(), CLOCK_RATE);
    this.fields = sets.codec() == Codec.H264 ? new FieldPairs(this::emit) : null;
  }

  @Override
  public FrameFormat format() {
    return format;
  }

  @Override
  int unitEnd(ByteBuf in, int from, int end) {
    return NalUnits.withoutZeros(in, from, end);
  }

  @Override
  boolean isPicture(ByteBuf in, int index) {
    return sets.isSlice(sets.type(in, index));
  }

  @Override
  boolean hasPicture() {
    return hasSlice;
  }

  @Override
  void endStream() {
    if (fields != null) {
      fields.end();
    }
  }

  @Override
  void unit(ByteBuf unit) {
    int length = unit.readableBytes();
    if (length < sets.headerBytes()) {
      return;
    }
    int type = sets.type(unit, 0);
    boolean slice = sets.isSlice(type);
    if (hasSlice && (slice ? isFirstSlice(unit) : isBeforePicture(type))) {
      endFrame();
    }
    time();
    if (!slice) {
      setsChanged |= sets.take(unit, 0, length);
    }
    hasSlice |= slice;
    access = access.strongest(sets.randomAccess(unit, 0, length));
    frame().startNal();
    frame().append(unit, 0, length);
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

  @Override
  void endFrame() {
    if (setsChanged) {
      setsChanged = false;
      format = sets.applied(format);
    }
    double rate = sets.frameRate();
    Frame made = build(format, access);
    hasSlice = false;
    access = RandomAccess.NONE;
    long time = takeTime();
    double seconds = 1 / (rate > 0 ? rate : USUAL_RATE);
    if (fields != null) {
      fields.frame(made, time, seconds);
    } else {
      emit(made, time, seconds);
    }
  }
}
