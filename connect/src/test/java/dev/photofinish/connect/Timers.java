package dev.photofinish.connect;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.lang.reflect.Field;
import java.util.Collection;

/** Counts the timers of event loops, which do not say themselves. */
final class Timers {
  private Timers() {}

  static int scheduled(EventLoopGroup group) {
    int all = 0;
    for (EventExecutor loop : group) {
      all += loop.submit(() -> pending(loop)).syncUninterruptibly().getNow();
    }
    return all;
  }

  /** To be called on the loop. */
  static int pending(EventExecutor loop) {
    try {
      Field queue = AbstractScheduledEventExecutor.class.getDeclaredField("scheduledTaskQueue");
      queue.setAccessible(true);
      return queue.get(loop) instanceof Collection<?> tasks ? tasks.size() : 0;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Netty keeps its timers elsewhere now", e);
    }
  }
}
