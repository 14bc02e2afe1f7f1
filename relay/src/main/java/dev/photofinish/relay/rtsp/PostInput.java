package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Hands the decoded bytes of a tunnel's POST to its GET, one read at a time: the next is read when
 * the present one is handled and its answers are not waiting to be written.
 */
final class PostInput extends ChannelInboundHandlerAdapter implements TunnelPost {
  private final ServerContext context;
  private final TunnelGet tunnel;
  private @Nullable ChannelHandlerContext here;
  private boolean handed;
  private volatile boolean waiting;

  PostInput(ServerContext context, TunnelGet tunnel) {
    this.context = context;
    this.tunnel = tunnel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    here = ctx;
    ctx.channel().config().setAutoRead(false);
    tunnel.join(this);
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    handed = true;
    tunnel.inject((ByteBuf) message, this::handled);
  }

  /** What was no whole quantum of base 64 was not handed on. */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (!handed) {
      ctx.read();
    }
    handed = false;
  }

  /** On the event loop of the GET. */
  private void handled() {
    waiting = true;
    if (tunnel.isWritable()) {
      goOn();
    }
  }

  @Override
  public void goOn() {
    ChannelHandlerContext ctx = here;
    if (waiting && ctx != null) {
      waiting = false;
      ctx.channel().read();
    }
  }

  @Override
  public void close() {
    ChannelHandlerContext ctx = here;
    if (ctx != null) {
      Future<?> unused = ctx.channel().close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Handshakes.failed(context, ctx, cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    tunnel.end();
  }
}
