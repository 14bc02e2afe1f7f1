package dev.photofinish.connect.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/**
 * Closes channels past all of their handlers: TLS sends no close_notify first, and a handler that
 * throws or swallows the close has no say.
 */
public final class ImmediateClose {
  private ImmediateClose() {}

  /** Closes {@code channel}, connected or not, registered or not. */
  public static void of(Channel channel) {
    try {
      ChannelHandlerContext first = channel.pipeline().firstContext();
      ChannelFuture unused = first == null ? channel.close() : first.close();
    } catch (RuntimeException e) {
      channel.unsafe().closeForcibly();
    }
  }
}
