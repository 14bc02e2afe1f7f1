package dev.photofinish.connect;

import dev.photofinish.race.Stage;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** A finish line of its own: the peer's first bytes. */
final class Greeting implements AttemptInitializer {
  @Override
  public void initialize(Channel channel, Attempt attempt) {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                attempt.reached(Stage.READY);
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                // the attempt is lost, as the connector has seen itself
              }
            });
  }
}
