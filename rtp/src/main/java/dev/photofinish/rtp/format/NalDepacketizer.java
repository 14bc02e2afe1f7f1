package dev.photofinish.rtp.format;

import dev.photofinish.rtp.RtpHeaderFields;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The common part of the formats of H.264, H.265 and H.266: single NAL units, aggregations of them,
 * and fragments of one. The frame is Annex B.
 *
 * <p>Cameras that put start codes into payloads are understood: before a payload, and in and after
 * units that are no slices. Slices are not searched.
 */
abstract class NalDepacketizer extends VideoDepacketizer {
  /** Of units that are no slices, while their fragments come. */
  private static final int MOST_GATHERED_BYTES = 1 << 20;

  private final ParameterSets sets;
  private final FirstUnits firstUnits = new FirstUnits();

  /** A fragmented NAL unit has begun and has not ended. */
  private boolean inFragment;

  /** Some fragment had the end bit: of one that has not, the end is missing. */
  private boolean endBitIsUsed;

  /** The fragmented unit, while it is none of slices only. */
  private @Nullable ByteBuf gathered;

  private boolean hasSlice;
  private boolean setsChanged;
  private int firstUnit = -1;

  NalDepacketizer(
      int track, PayloadFormat format, ParameterSets sets, Consumer<? super Frame> output) {
    super(track, format, sets.codec(), output);
    this.sets = sets;
    format(sets.applied(format()));
  }

  @Override
  final void append(RtpHeaderFields header, ByteBuf in, int index, int length) {
    if (NalUnits.startsWithStartCode(in, index, length)) {
      endFragment();
      NalUnits.forEach(in, index, length, this::unit);
    } else {
      append(in, index, length);
    }
  }

  /** Appends the NAL units of a payload that does not begin with a start code. */
  abstract void append(ByteBuf in, int index, int length);

  /** A whole NAL unit; if it is no slice, perhaps more after it. */
  final void single(ByteBuf in, int index, int length) {
    endFragment();
    if (length >= sets.headerBytes() && sets.isSlice(sets.type(in, index))) {
      unit(in, index, length);
    } else {
      NalUnits.forEach(in, index, length, this::unit);
    }
  }

  /** As {@link #single(ByteBuf, int, int)}, of a unit whose header is not beside the rest. */
  final void single(byte[] header, ByteBuf in, int index, int length) {
    endFragment();
    begin(Unpooled.wrappedBuffer(header), 0, header.length);
    if (gathered == null) {
      frame().append(in, index, length);
    } else {
      gather(in, index, length);
      flush();
    }
  }

  /** Exactly one NAL unit. */
  private void unit(ByteBuf in, int index, int length) {
    if (length < sets.headerBytes()) {
      frame().damage();
      return;
    }
    if (hasSlice && sets.isKnown(in, index, length)) {
      return; // GStreamer repeats them before each slice, where they would begin another picture
    }
    int type = start(in, index);
    if (!sets.isSlice(type)) {
      setsChanged |= sets.take(in, index, length);
    }
    access(sets.randomAccess(in, index, length));
    frame().append(in, index, length);
  }

  /** Begins a unit in the frame. */
  private int start(ByteBuf in, int index) {
    int type = sets.type(in, index);
    firstUnit = firstUnit < 0 ? type : firstUnit;
    hasSlice |= sets.isSlice(type);
    frame().startNal();
    return type;
  }

  /**
   * NAL units that each have their length in two bytes before them.
   *
   * @param skipped bytes before each length but the first
   */
  final void aggregation(ByteBuf in, int index, int length, int skipped) {
    endFragment();
    int end = index + length;
    int at = index;
    while (end - at >= 2) {
      int size = in.getUnsignedShort(at);
      at += 2;
      if (size == 0 || size > end - at) {
        frame().damage();
        return;
      }
      single(in, at, size);
      at += size + skipped;
    }
  }

  /**
   * A part of a NAL unit, with the header of the unit where it is the first.
   *
   * @param index of what follows the fragment's own headers
   */
  final void fragment(
      boolean start, boolean end, byte[] header, ByteBuf in, int index, int length) {
    if (start) {
      endFragment();
      inFragment = true;
      begin(Unpooled.wrappedBuffer(header), 0, header.length);
    } else if (!inFragment) {
      // Its start was lost: what is left of it is of no use.
      hasSlice |= sets.isSlice(sets.type(Unpooled.wrappedBuffer(header), 0));
      frame().damage();
      return;
    }
    if (gathered == null) {
      frame().append(in, index, length);
    } else {
      gather(in, index, length);
    }
    if (end) {
      endBitIsUsed = true;
      inFragment = false;
      flush();
    }
  }

  /** Begins a unit of which only the header is known, and perhaps more. */
  private void begin(ByteBuf in, int index, int length) {
    if (sets.isSlice(sets.type(in, index))) {
      start(in, index);
      access(sets.randomAccess(in, index, length));
      frame().append(in, index, length);
    } else {
      gathered = Unpooled.buffer(256).writeBytes(in, index, length);
    }
  }

  /** More of a unit that is no slice; once a slice begins after it, that goes to the frame. */
  private void gather(ByteBuf in, int index, int length) {
    ByteBuf all = gathered;
    if (all == null || all.readableBytes() + length > MOST_GATHERED_BYTES) {
      frame().damage();
      return;
    }
    int searched = Math.max(all.readerIndex(), all.writerIndex() - 3 - sets.headerBytes());
    all.writeBytes(in, index, length);
    int slice = slice(all, searched);
    if (slice >= 0) {
      NalUnits.forEach(all, all.readerIndex(), slice - all.readerIndex(), this::unit);
      gathered = null;
      begin(all, slice, all.writerIndex() - slice);
    }
  }

  /** The index of the first slice after a start code, -1 where there is none. */
  private int slice(ByteBuf in, int from) {
    int end = in.writerIndex();
    int at = NalUnits.startCode(in, from, end) + 3;
    while (at + sets.headerBytes() <= end) {
      if (sets.isSlice(sets.type(in, at))) {
        return at;
      }
      at = NalUnits.startCode(in, at, end) + 3;
    }
    return -1;
  }

  /** The units that were gathered are whole. */
  private void flush() {
    ByteBuf all = gathered;
    gathered = null;
    if (all != null) {
      NalUnits.forEach(all, all.readerIndex(), all.readableBytes(), this::unit);
    }
  }

  /** No fragment goes on from here. Some cameras never set the end bit. */
  private void endFragment() {
    if (!inFragment) {
      return;
    }
    if (endBitIsUsed) {
      frame().damage();
      gathered = null;
    }
    inFragment = false;
    flush();
  }

  @Override
  final boolean hasPicture() {
    return hasSlice;
  }

  @Override
  final boolean isWhole() {
    return !inFragment;
  }

  @Override
  final void abandon() {
    inFragment = false;
    gathered = null;
  }

  @Override
  final void forget() {
    hasSlice = false;
    firstUnit = -1;
  }

  @Override
  final void complete() {
    endFragment();
    boolean key = access() != RandomAccess.NONE;
    if (!isBeginUncertain()) {
      firstUnits.add(firstUnit, key);
    } else if (firstUnits.isUnusual(firstUnit, key)) {
      frame().damage();
    }
    if (setsChanged) {
      setsChanged = false;
      format(sets.applied(format()));
    }
  }
}
