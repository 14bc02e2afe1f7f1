package dev.photofinish.connect;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.uring.IoUringIoHandler;
import java.util.concurrent.TimeUnit;

/** Event loops that end with the test. */
record Loops(EventLoopGroup group) implements AutoCloseable {
  /** io_uring's loops close their channels once, and hang when they are asked again. */
  private long quietMillis() {
    boolean uring = group instanceof IoEventLoopGroup io && io.isIoType(IoUringIoHandler.class);
    return uring ? 0 : 10;
  }

  @Override
  public void close() {
    group.shutdownGracefully(quietMillis(), 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }
}
