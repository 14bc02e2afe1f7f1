package dev.photofinish.camera;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The one event loop of a camera, and the way onto it for callers on other threads. */
final class CameraThread {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SETTLE = Duration.ofMillis(1);

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("camera", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();

  EventLoop loop() {
    return loop;
  }

  /**
   * Runs {@code action} on the event loop and returns when its effect has settled; after {@link
   * #end} it does nothing. A channel that was closed is out of the kernel after the next select; a
   * timer that is set on the loop itself cannot fire before that.
   */
  void run(Runnable action) {
    if (loop.isShuttingDown()) {
      return;
    }
    if (loop.inEventLoop()) {
      action.run();
      return;
    }
    Promise<Void> settled = loop.newPromise();
    loop.execute(() -> runAndSettle(action, settled));
    settled.awaitUninterruptibly(PATIENCE.toMillis());
  }

  private void runAndSettle(Runnable action, Promise<Void> settled) {
    action.run();
    // also when the action has ended the loop, which cancels the task
    var unused =
        loop.schedule(() -> {}, SETTLE.toMillis(), TimeUnit.MILLISECONDS)
            .addListener(done -> settled.trySuccess(null));
  }

  /** Ends the thread, and waits for it unless called from it. */
  void end() {
    var unused = group.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (!loop.inEventLoop()) {
      group.terminationFuture().awaitUninterruptibly(PATIENCE.toMillis());
    }
  }
}
