package dev.photofinish.connect;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** A finish line of its own: the peer's first bytes, for which one is sent. */
final class Asking implements AttemptInitializer {
  @Override
  public void initialize(Channel channel, Attempt attempt) {
    new Greeting().initialize(channel, attempt);
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext ctx) {
                var unused = ctx.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {'?'}));
                ctx.fireChannelActive();
              }
            });
  }
}
