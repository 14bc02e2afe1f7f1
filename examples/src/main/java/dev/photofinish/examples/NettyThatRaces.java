package dev.photofinish.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.photofinish.connect.Connector;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.string.StringDecoder;

/**
 * A Netty client whose bootstrap races: one call is another one. It asks an HTTP server for a page
 * and prints the answer as it comes.
 *
 * <pre>{@code
 * NettyThatRaces server.example 80
 * }</pre>
 */
public final class NettyThatRaces {
  private NettyThatRaces() {}

  public static void main(String[] args) throws Exception {
    String host = args[0];
    int port = Integer.parseInt(args[1]);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Bootstrap bootstrap =
        new Bootstrap().group(group).channel(NioSocketChannel.class).handler(new Printing());
    try (Connector connector = Connector.create()) {
      // In place of bootstrap.connect(host, port):
      Channel channel = connector.connect(bootstrap, host, port).sync().channel();
      System.out.println("connected to " + channel.remoteAddress());
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      channel.writeAndFlush(Unpooled.copiedBuffer(request, US_ASCII)).sync();
      channel.closeFuture().sync();
    } finally {
      group.shutdownGracefully().sync();
    }
  }

  /** The pipeline of the one connection that wins. */
  private static final class Printing extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(
              new StringDecoder(US_ASCII),
              new SimpleChannelInboundHandler<String>() {
                @Override
                protected void channelRead0(ChannelHandlerContext ctx, String text) {
                  System.out.print(text);
                }
              });
    }
  }
}
