package dev.photofinish.benchmarks.network;

import dev.photofinish.connect.Connector;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** This project's connector. */
record Photofinish(Connector connector, Target target, RaceOptions options) implements Client {

  static Photofinish of(Connector connector, Host host, RaceOptions options) {
    return new Photofinish(connector, target(host), options);
  }

  static Target target(Host host) {
    return new Target(
        host.addresses().stream()
            .map(address -> new Endpoint(address.getHostAddress(), host.port()))
            .toList());
  }

  @Override
  public void exchange() throws Exception {
    Channel channel = connector.connectBlocking(target, options).channel();
    try {
      CompletableFuture<Void> response = new CompletableFuture<>();
      channel.pipeline().addLast(new FirstBytes(response));
      var unused =
          channel.writeAndFlush(Unpooled.wrappedBuffer(PlainSocket.REQUEST), channel.voidPromise());
      channel.config().setAutoRead(true);
      response.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    } finally {
      channel.close().sync();
    }
  }

  @Override
  public void close() {
    connector.close();
  }

  private static final class FirstBytes extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Void> response;

    FirstBytes(CompletableFuture<Void> response) {
      this.response = response;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      response.complete(null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      response.completeExceptionally(cause);
    }
  }
}
