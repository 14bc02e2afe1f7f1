package dev.photofinish.connect;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.TimeUnit;

/** Event loops that end with the test. */
record Loops(EventLoopGroup group) implements AutoCloseable {
  @Override
  public void close() {
    group.shutdownGracefully(10, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }
}
