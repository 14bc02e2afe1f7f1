package dev.photofinish.rtsp.client;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;

/**
 * Room for what one read of a connection takes: it grows with what comes, to four times of what
 * Netty allows by itself, and shrinks again. A read costs a system call, and on Linux often an
 * acknowledgement to the sender, however much it brings.
 *
 * <p>Netty's pool takes room for eight of the largest on each event loop: a process that is started
 * with a small heap keeps to what Netty allows.
 */
final class LargeReads {
  static final int MOST_BYTES = 1 << 18;
  static final int MOST_BYTES_OF_SMALL_HEAP = 1 << 16;
  static final int SMALL_HEAP = 1 << 26;

  private static final int FIRST_BYTES = 1 << 11;
  private static final int LEAST_BYTES = 1 << 6;

  /** Connections of one event loop take turns after that much, as by default. */
  private static final int MOST_BYTES_AT_ONCE = 1 << 20;

  private LargeReads() {}

  static void allow(Channel channel) {
    allow(channel, Runtime.getRuntime().maxMemory());
  }

  /**
   * @param heap the most bytes that the process's heap may have
   */
  static void allow(Channel channel, long heap) {
    int most = heap < SMALL_HEAP ? MOST_BYTES_OF_SMALL_HEAP : MOST_BYTES;
    AdaptiveRecvByteBufAllocator allocator =
        new AdaptiveRecvByteBufAllocator(LEAST_BYTES, FIRST_BYTES, most);
    allocator.maxMessagesPerRead(MOST_BYTES_AT_ONCE / most);
    channel.config().setRecvByteBufAllocator(allocator);
  }
}
