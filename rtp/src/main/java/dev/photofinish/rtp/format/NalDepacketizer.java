package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * What the formats of H.264, H.265 and H.266 share: single NAL units, aggregations of them, and
 * fragments of one. The frame is Annex B.
 */
abstract class NalDepacketizer extends VideoDepacketizer {
  private final ParameterSets sets;
  private FrameFormat format;

  /** A fragmented NAL unit has begun and has not ended. */
  private boolean inFragment;

  NalDepacketizer(
      int track, PayloadFormat format, ParameterSets sets, Consumer<? super Frame> output) {
    super(track, format, output);
    this.sets = sets;
    this.format = sets.applied(FrameFormat.video(sets.codec(), format.clockRate()));
  }

  @Override
  public final FrameFormat format() {
    return format;
  }

  /** A whole NAL unit. */
  final void single(ByteBuf in, int index, int length) {
    endOfFragmentIsMissing();
    frame().startNal();
    frame().append(in, index, length);
  }

  /** NAL units that each have their length in two bytes before them. */
  final void aggregation(ByteBuf in, int index, int length) {
    endOfFragmentIsMissing();
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
      at += size;
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
      endOfFragmentIsMissing();
      frame().startNal();
      frame().append(header);
    } else if (!inFragment) {
      frame().damage(); // its start was lost: what is left of it is of no use
      return;
    }
    frame().append(in, index, length);
    inFragment = !end;
  }

  private void endOfFragmentIsMissing() {
    if (inFragment) {
      frame().damage();
      inFragment = false;
    }
  }

  @Override
  final boolean isWhole() {
    return !inFragment;
  }

  @Override
  final void abandon() {
    inFragment = false;
  }

  @Override
  final void complete() {
    if (frame().isEmpty()) {
      return;
    }
    ByteBuf content = frame().content();
    int[] units = frame().units();
    RandomAccess access = RandomAccess.NONE;
    boolean changed = false;
    for (int i = 0; i < units.length; i++) {
      int from = content.readerIndex() + units[i] + Frame.START_CODE_BYTES;
      int to = i + 1 < units.length ? units[i + 1] : frame().size();
      int length = content.readerIndex() + to - from;
      if (length > 0) {
        changed |= !frame().isDamaged() && sets.take(content, from, length);
        access = strongest(access, randomAccess(content, from, length));
      }
    }
    if (changed) {
      format = sets.applied(format);
    }
    emit(format, access);
  }

  private static RandomAccess strongest(RandomAccess a, RandomAccess b) {
    if (a == RandomAccess.NONE || b == RandomAccess.NONE) {
      return a == RandomAccess.NONE ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  /** What a NAL unit of this frame says of it; {@link RandomAccess#NONE} where it says nothing. */
  abstract RandomAccess randomAccess(ByteBuf in, int index, int length);

  /** The parameter sets of a codec, kept current. */
  interface ParameterSets {
    Codec codec();

    /** Keeps a NAL unit if it is a parameter set; whether one was new or changed. */
    boolean take(ByteBuf in, int index, int length);

    /** The format with these sets and the size that they say. */
    FrameFormat applied(FrameFormat format);
  }
}
