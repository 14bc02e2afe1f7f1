package dev.photofinish.camera.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts, then does what its {@link Behaviour} says; on one event loop. */
final class Accepting implements BadServer {

  private static final int SHUTDOWN_SECONDS = 5;

  private final Behaviour behaviour;
  private final EventLoopGroup group;
  private final Channel listener;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  Accepting(String address, Behaviour behaviour) {
    this.behaviour = behaviour;
    this.group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("bad-server", true), NioIoHandler.newFactory());
    try {
      this.listener = bind(address);
    } catch (RuntimeException e) {
      shutDown();
      throw e;
    }
  }

  private Channel bind(String address) {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Connection());
              }
            })
        .bind(address, 0)
        .syncUninterruptibly()
        .channel();
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  @Override
  public int accepted() {
    return accepted.get();
  }

  @Override
  public int open() {
    return open.size();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    open.forEach(channel -> channel.close().awaitUninterruptibly());
    shutDown();
  }

  private void shutDown() {
    group
        .shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  private final class Connection extends ChannelInboundHandlerAdapter {

    private boolean answered;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      accepted.incrementAndGet();
      open.add(ctx.channel());
      switch (behaviour.kind()) {
        case RESET -> later(ctx, () -> reset(ctx));
        case CLOSE -> later(ctx, () -> close(ctx));
        case MUTE, ANSWER -> {}
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
      if (behaviour.kind() == Behaviour.Kind.ANSWER && !answered) {
        answered = true;
        later(ctx, () -> answer(ctx));
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      open.remove(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      close(ctx);
    }

    private void later(ChannelHandlerContext ctx, Runnable action) {
      if (behaviour.millis() == 0) {
        action.run();
      } else {
        var unused = ctx.executor().schedule(action, behaviour.millis(), TimeUnit.MILLISECONDS);
      }
    }

    private static void reset(ChannelHandlerContext ctx) {
      if (ctx.channel().isOpen()) {
        ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        close(ctx);
      }
    }

    private static void close(ChannelHandlerContext ctx) {
      var unused = ctx.close();
    }

    private void answer(ChannelHandlerContext ctx) {
      byte[] answer = behaviour.answer().getBytes(StandardCharsets.ISO_8859_1);
      var unused = ctx.writeAndFlush(Unpooled.wrappedBuffer(answer));
    }
  }
}
