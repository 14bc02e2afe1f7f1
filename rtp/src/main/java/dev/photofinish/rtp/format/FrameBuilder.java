package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame while its packets come. Its parts are views of the packets, each retained; small ones are
 * copied, which costs less than a view and does not hold the memory of what came with them.
 */
final class FrameBuilder {
  private static final int[] NO_UNITS = {};
  private static final byte[] START_CODE = {0, 0, 0, 1};

  /** More NAL units than any picture has; what follows is one with the last. */
  private static final int MOST_UNITS = 4096;

  /** The largest part that is copied. It bounds the number of parts of a frame too. */
  private static final int MOST_COPIED = 256;

  private final int track;
  private final int mostBytes;
  private final List<ByteBuf> parts = new ArrayList<>();

  /** The last part, where it is of copied bytes. */
  private @Nullable ByteBuf copied;

  private int bytes;
  private int[] units = NO_UNITS;
  private int unitCount;
  private long timestamp;
  private int duration;
  private int lost;
  private boolean damaged;
  private long arrivedAt;

  /**
   * @param mostBytes of one frame; what is beyond is left out, and the frame damaged
   */
  FrameBuilder(int track, int mostBytes) {
    this.track = track;
    this.mostBytes = mostBytes;
  }

  /** Begins a frame with its first packet. */
  void begin(long rtpTimestamp, long now) {
    release();
    timestamp = rtpTimestamp;
    arrivedAt = now;
    damaged = false;
    duration = 0;
  }

  boolean isEmpty() {
    return bytes == 0;
  }

  int size() {
    return bytes;
  }

  /** A part of it is missing. */
  void damage() {
    damaged = true;
  }

  /** Begins a NAL unit: the start code. */
  void startNal() {
    unit();
    append(START_CODE);
  }

  /** Begins a unit where the codec has no start codes. */
  void unit() {
    if (unitCount < MOST_UNITS) {
      if (unitCount == units.length) {
        units = Arrays.copyOf(units, Math.max(8, 2 * units.length));
      }
      units[unitCount++] = bytes;
    }
  }

  /** Takes the last unit back where nothing has been appended to it. */
  void dropEmptyUnit() {
    if (unitCount > 0 && units[unitCount - 1] == bytes) {
      unitCount--;
    }
  }

  /** Appends a part of a packet, which stays the caller's. */
  void append(ByteBuf from, int index, int length) {
    if (!fits(length)) {
      return;
    }
    if (length <= MOST_COPIED) {
      copied(length).writeBytes(from, index, length);
    } else {
      parts.add(from.retainedSlice(index, length));
      copied = null;
    }
    bytes += length;
  }

  /** Appends bytes that are not in the packet. */
  void append(byte... made) {
    if (fits(made.length)) {
      copied(made.length).writeBytes(made);
      bytes += made.length;
    }
  }

  private boolean fits(int length) {
    if (length == 0 || length > mostBytes - bytes) {
      damaged |= length > 0;
      return false;
    }
    return true;
  }

  /** The part of copied bytes at the end. */
  private ByteBuf copied(int length) {
    if (copied == null) {
      copied = Unpooled.buffer(Math.max(16, length));
      parts.add(copied);
    }
    return copied;
  }

  /** A place before all that will be appended, for {@link #insert} and {@link #cut}. */
  Mark mark() {
    copied = null;
    return new Mark(parts.size(), bytes);
  }

  /** Puts bytes at a mark; of all marks only those before it are right from now on. */
  void insert(Mark at, byte[] made) {
    if (fits(made.length)) {
      parts.add(at.part, Unpooled.wrappedBuffer(made));
      bytes += made.length;
    }
  }

  /** Drops all that was appended after a mark. */
  void cut(Mark at) {
    for (int i = parts.size() - 1; i >= at.part; i--) {
      parts.remove(i).release();
    }
    copied = null;
    bytes = at.bytes;
  }

  /** A place between two parts. */
  record Mark(int part, int bytes) {}

  /** The frame, which owns all parts; the builder is empty. */
  Frame build(FrameFormat format, RandomAccess access) {
    Frame frame = new Frame(this, content(), format, access);
    parts.clear();
    clear();
    return frame;
  }

  private ByteBuf content() {
    return switch (parts.size()) {
      case 0 -> Unpooled.EMPTY_BUFFER;
      case 1 -> parts.get(0);
      default -> new CompositeByteBuf(parts.get(0).alloc(), false, Integer.MAX_VALUE, parts);
    };
  }

  /** Lets go of what was appended. */
  void release() {
    parts.forEach(ByteBuf::release);
    parts.clear();
    clear();
  }

  private void clear() {
    copied = null;
    bytes = 0;
    unitCount = 0;
    units = NO_UNITS;
  }

  int track() {
    return track;
  }

  int[] units() {
    return unitCount == units.length ? units : Arrays.copyOf(units, unitCount);
  }

  long timestamp() {
    return timestamp;
  }

  /** Another than the one of its first packet. */
  void timestamp(long rtpTimestamp) {
    timestamp = rtpTimestamp;
  }

  int duration() {
    return duration;
  }

  void duration(int ticks) {
    duration = ticks;
  }

  int lost() {
    return lost;
  }

  void lost(int packets) {
    lost = packets;
  }

  boolean isDamaged() {
    return damaged;
  }

  long arrivedAt() {
    return arrivedAt;
  }
}
