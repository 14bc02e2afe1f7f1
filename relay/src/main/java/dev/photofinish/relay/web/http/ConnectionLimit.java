package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Closes connections above a number, in all and of one address. */
@Sharable
final class ConnectionLimit extends ChannelInboundHandlerAdapter {
  private final int most;
  private final int mostOfAddress;
  private final Map<InetAddress, Integer> ofAddress = new HashMap<>();
  private int open;

  ConnectionLimit(int most, int mostOfAddress) {
    this.most = most;
    this.mostOfAddress = mostOfAddress;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    InetAddress address = address(context);
    if (address == null || !enter(address)) {
      var unused = context.close();
      return;
    }
    context.channel().closeFuture().addListener(closed -> leave(address));
    super.channelActive(context);
  }

  private static @org.jspecify.annotations.Nullable InetAddress address(
      ChannelHandlerContext context) {
    return context.channel().remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress()
        : null;
  }

  private synchronized boolean enter(InetAddress address) {
    if (open >= most || ofAddress.getOrDefault(address, 0) >= mostOfAddress) {
      return false;
    }
    open++;
    ofAddress.merge(address, 1, Integer::sum);
    return true;
  }

  private synchronized void leave(InetAddress address) {
    open--;
    ofAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  synchronized int open() {
    return open;
  }
}
