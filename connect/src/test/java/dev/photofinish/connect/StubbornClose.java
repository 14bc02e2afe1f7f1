package dev.photofinish.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** A handler that throws when its channel is closed. */
final class StubbornClose extends ChannelOutboundHandlerAdapter {
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    throw new IllegalStateException("close that throws");
  }

  static void removeFrom(Channel channel) {
    if (channel.pipeline().get(StubbornClose.class) != null) {
      channel.pipeline().remove(StubbornClose.class);
    }
  }
}
