package dev.photofinish.rtsp.client;

import dev.photofinish.connect.channel.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The event loops of a client: its own, or some that it was given and does not end. */
final class ClientThreads {
  private static final long SHUTDOWN_SECONDS = 5;

  private final EventLoopGroup group;
  private final boolean owned;

  /**
   * @param given null for a few threads of its own
   */
  ClientThreads(@Nullable EventLoopGroup given) {
    owned = given == null;
    group = given == null ? Transport.newGroup("photofinish-rtsp") : given;
  }

  EventLoop next() {
    return group.next();
  }

  /**
   * Refuses a loop that is not one of the client's.
   *
   * @throws IllegalArgumentException for it
   */
  void mustHave(EventLoop loop) {
    for (EventExecutor own : group) {
      if (own == loop) {
        return;
      }
    }
    throw new IllegalArgumentException("loop is of another group; expected one of the client's");
  }

  /** Whether the calling thread is one of the loops, such as a listener's. */
  boolean isOnLoop() {
    for (EventExecutor loop : group) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Throws where the calling thread must not wait.
   *
   * @throws IllegalStateException on one of the loops; it names {@code instead}
   */
  void mayWait(String method, String instead) {
    if (isOnLoop()) {
      throw new IllegalStateException(
          method
              + " waits, and a listener must not: the event loop that would end the wait is its"
              + " own; call "
              + instead);
    }
  }

  /** Ends the loops, if they are the client's own, once {@code streams} is complete. */
  void endAfter(CompletableFuture<?> streams) {
    if (!owned) {
      return;
    }
    CompletableFuture<?> ending = streams.handle((ended, failure) -> shutDown().isDone());
    if (!isOnLoop()) {
      ending.join();
      group.terminationFuture().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
  }

  private Future<?> shutDown() {
    return group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
