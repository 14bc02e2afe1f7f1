package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.message.RtspFormatException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a channel brings to its {@link CameraConnection}: the last handler of its pipeline.
 */
public final class CameraHandler extends ChannelInboundHandlerAdapter {
  private final CameraConnection connection;
  private final boolean secured;
  private @Nullable Throwable failure;

  /**
   * The handler of {@code connection}.
   *
   * @param secured whether TLS comes before the dialogue
   */
  public CameraHandler(CameraConnection connection, boolean secured) {
    this.connection = connection;
    this.secured = secured;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    connection.attached(ctx.channel());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    connection.connected(!secured);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == SslHandshakeCompletionEvent.SUCCESS) {
      connection.connected(true);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.readWhileWritable();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    connection.received(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    connection.arm();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof RtspFormatException wrong) {
      connection.malformed(wrong);
    } else {
      failure = cause;
      Future<?> unused = ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    connection.closed(failure);
  }
}
