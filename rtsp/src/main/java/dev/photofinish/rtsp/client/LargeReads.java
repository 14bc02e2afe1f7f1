package dev.photofinish.rtsp.client;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;

/**
 * Room for what one read of a connection takes: it grows with what comes, to four times of what
 * Netty allows by itself, and shrinks again. A read costs a system call, and on Linux often an
 * acknowledgement to the sender, however much it brings.
 */
final class LargeReads {
  static final int MOST_BYTES = 1 << 18;

  private static final int FIRST_BYTES = 1 << 11;
  private static final int LEAST_BYTES = 1 << 6;

  /** Connections of one event loop take turns after 1 MiB, as by default. */
  private static final int MOST_AT_ONCE = 4;

  private LargeReads() {}

  static void allow(Channel channel) {
    AdaptiveRecvByteBufAllocator allocator =
        new AdaptiveRecvByteBufAllocator(LEAST_BYTES, FIRST_BYTES, MOST_BYTES);
    allocator.maxMessagesPerRead(MOST_AT_ONCE);
    channel.config().setRecvByteBufAllocator(allocator);
  }
}
