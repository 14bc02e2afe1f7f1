package dev.photofinish.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The first bytes of a peer over a connection that was won. */
final class Heard {
  private static final long BOUND_SECONDS = 60;

  private Heard() {}

  static String on(Connection won) throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    won.channel()
        .pipeline()
        .addLast(
            new SimpleChannelInboundHandler<ByteBuf>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                heard.complete(bytes.toString(US_ASCII));
              }
            });
    won.channel().config().setAutoRead(true);
    return heard.get(BOUND_SECONDS, TimeUnit.SECONDS);
  }
}
