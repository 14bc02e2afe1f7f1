package dev.photofinish.relay.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The interleaved frames of one track behind each other in buffers that they share, so that those
 * that came together go to a reader as they lie. A buffer lives for as long as one of its frames.
 *
 * <p>Not safe for use by several threads.
 */
final class FrameBuffer {
  /** Several frames of a camera: few of them are cut in two by the end of a buffer. */
  static final int VIDEO_BYTES = 1 << 17;

  static final int OTHER_BYTES = 1 << 14;

  private final int bytes;
  private @Nullable ByteBuf buffer;

  /**
   * @param bytes of a buffer
   */
  FrameBuffer(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Room for one more frame, at the writer's index; to keep the frame is to retain the buffer.
   *
   * @param length of the frame in bytes
   */
  ByteBuf room(int length, ByteBufAllocator allocator) {
    ByteBuf present = buffer;
    if (present == null || present.maxWritableBytes() < length) {
      release();
      int capacity = Math.max(bytes, length);
      present = allocator.buffer(capacity, capacity);
      buffer = present;
    }
    return present;
  }

  /** Begins another buffer with the next frame. */
  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }
}
