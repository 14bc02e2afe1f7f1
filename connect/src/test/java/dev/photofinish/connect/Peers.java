package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Real servers on loopback, each doing one thing to every connection. */
@SuppressWarnings("FutureReturnValueIgnored") // a peer that is gone is gone
public final class Peers implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /** Without servers yet. */
  public Peers() {}

  /** Accepts and never says anything. */
  public Endpoint mute(String host) {
    return start(host, 0, channel -> {});
  }

  public Endpoint greets(String host) {
    return start(host, 0, Peers::greet);
  }

  Endpoint greetsAfter(String host, long millis) {
    return start(host, 0, channel -> later(channel, millis, () -> greet(channel)));
  }

  Endpoint greetsAndCloses(String host) {
    return start(host, 0, channel -> hello(channel).addListener(done -> channel.close()));
  }

  public Endpoint closes(String host) {
    return start(host, 0, Channel::close);
  }

  Endpoint resets(String host) {
    return start(host, 0, Peers::reset);
  }

  Endpoint resetsAfter(String host, long millis) {
    return start(host, 0, channel -> later(channel, millis, () -> reset(channel)));
  }

  /** Closes once the client has sent something, which it has read: so by FIN. */
  Endpoint closesWhenAsked(String host) {
    return start(host, 0, channel -> channel.pipeline().addLast(new OnRead(Channel::close)));
  }

  /** Resets once the client has sent something: it has seen its connection by then. */
  Endpoint resetsWhenAsked(String host) {
    return start(host, 0, channel -> channel.pipeline().addLast(new OnRead(Peers::reset)));
  }

  static void later(Channel channel, long millis, Runnable action) {
    channel.eventLoop().schedule(action, millis, TimeUnit.MILLISECONDS);
  }

  static void greet(Channel channel) {
    hello(channel);
  }

  private static ChannelFuture hello(Channel channel) {
    return channel.writeAndFlush(
        channel.alloc().buffer().writeBytes("hello".getBytes(StandardCharsets.US_ASCII)));
  }

  static void reset(Channel channel) {
    ((SocketChannelConfig) channel.config()).setSoLinger(0);
    channel.close();
  }

  public Endpoint start(String host, int port, Consumer<Channel> onAccept) {
    return start(
        host,
        port,
        new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new OnAccept(onAccept));
          }
        });
  }

  public Endpoint start(String host, int port, ChannelInitializer<Channel> initializer) {
    Channel listener =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 4096)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(counted(initializer))
            .bind(host, port)
            .syncUninterruptibly()
            .channel();
    return new Endpoint(host, ((InetSocketAddress) listener.localAddress()).getPort());
  }

  private ChannelInitializer<Channel> counted(ChannelInitializer<Channel> initializer) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        accepted.add(channel);
        channel.pipeline().addLast(initializer);
      }
    };
  }

  /** A port without a listener. */
  public static Endpoint refuses(String host) {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return new Endpoint(host, once.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections accepted and still open on this side. */
  public int open() {
    return accepted.size();
  }

  @Override
  public void close() {
    group.shutdownGracefully(10, 5_000, TimeUnit.MILLISECONDS).syncUninterruptibly();
  }

  private static final class OnRead extends ChannelInboundHandlerAdapter {
    private final Consumer<Channel> action;

    OnRead(Consumer<Channel> action) {
      this.action = action;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      action.accept(ctx.channel());
    }
  }

  private static final class OnAccept extends ChannelInboundHandlerAdapter {
    private final Consumer<Channel> action;

    OnAccept(Consumer<Channel> action) {
      this.action = action;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      action.accept(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
