package dev.photofinish.rtsp.client;

import dev.photofinish.rtsp.transport.OrderlyClose;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The channels that were made for a stream and are open: of attempts, of the connection that plays,
 * and of those that are over for the stream and that the camera has not closed yet ({@link
 * OrderlyClose}).
 */
final class StreamChannels {
  /** Those that are open, and one for the stream itself. */
  private final AtomicInteger open = new AtomicInteger(1);

  private volatile Runnable closed = () -> {};

  /** Counts a channel until its end, which is an orderly one. */
  void add(Channel channel) {
    open.incrementAndGet();
    channel.pipeline().addFirst(new OrderlyClose());
    channel.closeFuture().addListener(done -> end());
  }

  /** Calls {@code action} when none is open, now or later; to be called once, after the last. */
  void whenClosed(Runnable action) {
    closed = action;
    end();
  }

  private void end() {
    if (open.decrementAndGet() == 0) {
      closed.run();
    }
  }
}
