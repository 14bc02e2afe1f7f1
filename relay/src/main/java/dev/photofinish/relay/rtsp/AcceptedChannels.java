package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Admits the connections that were accepted, within the limits, and gives them their pipelines. */
final class AcceptedChannels extends ChannelInitializer<Channel> {
  private final ServerContext context;
  private final ChannelGroup channels;

  /**
   * @param channels takes those that are admitted
   */
  AcceptedChannels(ServerContext context, ChannelGroup channels) {
    this.context = context;
    this.channels = channels;
  }

  @Override
  protected void initChannel(Channel channel) {
    InetAddress from = SourceAddress.of(channel);
    if (from == null) {
      Future<?> unused = channel.close(); // it is gone already
      return;
    }
    if (context.logins().isRefused(from, context.clock().nanoTime())) {
      refuse(channel, CountedLog.Kind.LOGIN, "too many logins of its address failed");
      return;
    }
    switch (context.addresses().enter(from)) {
      case FULL ->
          refuse(channel, CountedLog.Kind.CONNECTION_LIMIT, "the server has as many as it may");
      case FULL_OF_KEY ->
          refuse(channel, CountedLog.Kind.CONNECTION_LIMIT, "its address has as many as it may");
      case ENTERED -> admit(channel, from);
    }
  }

  private void refuse(Channel channel, CountedLog.Kind kind, String reason) {
    context
        .log()
        .say(
            kind,
            () -> "A connection of " + SourceAddress.text(channel) + " is refused: " + reason);
    Future<?> unused = channel.close();
  }

  private void admit(Channel channel, InetAddress from) {
    channel.closeFuture().addListener(closed -> context.addresses().leave(from));
    channels.add(channel);
    SslContext tls = context.tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.setHandshakeTimeout(
          context.options().requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(new ProtocolDetector(context));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Handshakes.failed(context, ctx, cause);
  }
}
