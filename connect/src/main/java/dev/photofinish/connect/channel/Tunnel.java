package dev.photofinish.connect;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Stands behind a proxy's handler and lets the attempt's own handlers see a connection only once
 * the proxy has made one; then both leave.
 *
 * <p>Owns the buffers that it keeps: what the target sent right behind the proxy's answer.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
  private Queue<Object> early = new ArrayDeque<>(1);

  /** The proxy has connected. */
  void open(ChannelHandlerContext ctx) {
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
      if (!(handler instanceof ChannelAttempt)) {
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

  /** The attempt hears of it from the proxy's handler. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // as said
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }
}
