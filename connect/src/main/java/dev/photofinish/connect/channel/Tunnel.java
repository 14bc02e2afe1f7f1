package dev.photofinish.connect.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Stands behind a proxy's handler and lets the attempt's own handlers see a connection only once
 * the proxy has made one; then both leave.
 *
 * <p>Owns the buffers that it keeps: what the target sent right behind the proxy's answer. More
 * than {@value #MAX_KEPT_BYTES} bytes before the tunnel is up are a failure.
 */
public final class Tunnel extends ChannelInboundHandlerAdapter {
  /** One read's worth: the bytes behind the answer come with it. */
  public static final int MAX_KEPT_BYTES = 64 * 1024;

  private static final String TOO_MUCH =
      "more than " + MAX_KEPT_BYTES + " bytes came before the proxy's tunnel was up";

  private final ChannelHandler watcher;
  private final Consumer<String> overrun;
  private Queue<Object> early = new ArrayDeque<>(1);
  private int earlyBytes;

  /**
   * A tunnel that is not up yet.
   *
   * @param watcher the handler before the proxy's, which stays
   * @param overrun closes the channel, for the reason given
   */
  public Tunnel(ChannelHandler watcher, Consumer<String> overrun) {
    this.watcher = watcher;
    this.overrun = overrun;
  }

  /** The proxy has connected. */
  public void open(ChannelHandlerContext ctx) {
    Queue<Object> messages = early;
    early = new ArrayDeque<>(0);
    removeProxy(ctx.pipeline());
    ctx.pipeline().remove(this);
    ctx.fireChannelActive();
    if (!messages.isEmpty()) {
      messages.forEach(ctx::fireChannelRead);
      ctx.fireChannelReadComplete();
    }
  }

  /** The handler adds a codec before itself, and leaves an empty shell of it. */
  private void removeProxy(ChannelPipeline pipeline) {
    for (ChannelHandler handler : List.copyOf(pipeline.toMap().values())) {
      if (handler == this) {
        return;
      }
      if (handler != watcher) {
        pipeline.remove(handler);
      }
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    // To the proxy only.
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    early.add(message);
    earlyBytes += message instanceof ByteBuf buffer ? Math.max(1, buffer.readableBytes()) : 1;
    if (earlyBytes > MAX_KEPT_BYTES) {
      release();
      overrun.accept(TOO_MUCH);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nothing was passed on.
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (!(event instanceof ProxyConnectionEvent)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // The proxy's handler reports it to the attempt.
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    release();
  }

  private void release() {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }
}
