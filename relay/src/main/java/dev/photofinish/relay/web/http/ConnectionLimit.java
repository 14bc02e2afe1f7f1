package dev.photofinish.relay.web.http;

import dev.photofinish.relay.limit.LimitedCounts;
import dev.photofinish.relay.limit.SourceAddress;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;

/** Closes connections above a number, in all and of one address or IPv6 network. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final LimitedCounts<InetAddress> open;

  ConnectionLimit(int most, int mostOfAddress) {
    this.open = new LimitedCounts<>(most, mostOfAddress);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    InetAddress address = SourceAddress.of(context.channel());
    if (address == null || open.enter(address) != LimitedCounts.Entry.ENTERED) {
      var unused = context.close();
      return;
    }
    context.channel().closeFuture().addListener(closed -> open.leave(address));
    super.channelActive(context);
  }
}
