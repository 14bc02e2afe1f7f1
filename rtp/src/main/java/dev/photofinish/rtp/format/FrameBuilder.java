package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame while its packets come. Its parts are views of the packets, each retained. */
final class FrameBuilder {
  private static final int[] NO_UNITS = {};
  private static final ByteBuf START_CODE =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1}).asReadOnly());

  /** More NAL units than any picture has; what follows is one with the last. */
  private static final int MOST_UNITS = 4096;

  private final int track;
  private final int mostBytes;
  private @Nullable ByteBuf first;
  private @Nullable CompositeByteBuf parts;
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

  /** Appends a part of a packet, which stays the caller's. */
  void append(ByteBuf from, int index, int length) {
    if (fits(length)) {
      append(from.retainedSlice(index, length));
    }
  }

  /** Appends bytes that are not in the packet. */
  void append(byte... made) {
    if (fits(made.length)) {
      append(Unpooled.wrappedBuffer(made));
    }
  }

  private boolean fits(int length) {
    if (length == 0 || bytes + length > mostBytes) {
      damaged |= length > 0;
      return false;
    }
    return true;
  }

  /** Takes the reference over. */
  private void append(ByteBuf part) {
    bytes += part.readableBytes();
    if (first == null) {
      first = part;
      return;
    }
    if (parts == null) {
      parts = new CompositeByteBuf(first.alloc(), false, Integer.MAX_VALUE);
      parts.addComponent(true, first);
    }
    parts.addComponent(true, part);
  }

  /** What has been appended; not retained. */
  ByteBuf content() {
    if (parts != null) {
      return parts;
    }
    return first == null ? Unpooled.EMPTY_BUFFER : first;
  }

  /** The frame, which owns all parts; the builder is empty. */
  Frame build(FrameFormat format, RandomAccess access) {
    Frame frame = new Frame(this, content(), format, access);
    clear();
    return frame;
  }

  /** Lets go of what was appended. */
  void release() {
    content().release();
    clear();
  }

  private void clear() {
    first = null;
    parts = null;
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
