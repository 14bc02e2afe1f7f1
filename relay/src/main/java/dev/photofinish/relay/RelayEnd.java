package dev.photofinish.relay;

import dev.photofinish.rtsp.client.RtspClient;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends what the cameras of a relay share, once these have ended or had their time. */
final class RelayEnd {
  private static final long CLOSE_SECONDS = 2;

  /** Long after that, on a machine that stands still, the loops may still do what is left. */
  private static final long CUT_OFF_SECONDS = 30;

  private final EventLoopGroup loops;
  private final RtspClient client;

  RelayEnd(EventLoopGroup loops, RtspClient client) {
    this.loops = loops;
    this.client = client;
  }

  /** Waits for it, but on one of the loops, which would wait for itself. */
  void after(CompletableFuture<Void> cameras) {
    if (isOnLoop()) {
      Future<?> limit =
          loops.next().schedule(() -> cameras.complete(null), CLOSE_SECONDS, TimeUnit.SECONDS);
      CompletableFuture<?> unused =
          cameras.whenComplete(
              (done, failure) -> {
                limit.cancel(false);
                Future<?> unusedEnd = endLoops();
              });
    } else {
      await(cameras);
      endLoops().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private boolean isOnLoop() {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }

  private Future<?> endLoops() {
    client.close();
    return loops.shutdownGracefully(0, CUT_OFF_SECONDS, TimeUnit.SECONDS);
  }

  private static void await(CompletableFuture<?> all) {
    try {
      all.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // The loops end without those that do not answer.
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
