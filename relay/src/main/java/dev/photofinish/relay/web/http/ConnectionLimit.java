package dev.photofinish.relay.web.http;

import dev.photofinish.relay.limit.LimitedCounts;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Closes connections above a number, in all and of one address. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final LimitedCounts<InetAddress> open;

  ConnectionLimit(int most, int mostOfAddress) {
    this.open = new LimitedCounts<>(most, mostOfAddress);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    InetAddress address = address(context);
    if (address == null || open.enter(address) != LimitedCounts.Entry.ENTERED) {
      var unused = context.close();
      return;
    }
    context.channel().closeFuture().addListener(closed -> open.leave(address));
    super.channelActive(context);
  }

  private static @Nullable InetAddress address(ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress()
        : null;
  }
}
