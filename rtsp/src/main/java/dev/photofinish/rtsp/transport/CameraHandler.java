package dev.photofinish.rtsp.transport;

import dev.photofinish.rtsp.message.RtspFormatException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Hands what a channel brings to its {@link CameraConnection}: the last handler of its pipeline.
 */
public final class CameraHandler extends ChannelInboundHandlerAdapter {
  private final CameraConnection connection;
  private final @Nullable Object completion;
  private @Nullable Throwable failure;

  /**
   * The handler of {@code connection}.
   *
   * @param completion the event after which the dialogue may begin, such as that of TLS; null if
   *     nothing comes before it
   */
  public CameraHandler(CameraConnection connection, @Nullable Object completion) {
    this.connection = connection;
    this.completion = completion;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    connection.attached(ctx.channel());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    connection.connected(completion == null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event.equals(completion)) {
      connection.connected(true);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.writabilityChanged();
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
    } else if (cause instanceof ConnectionEndException over) {
      connection.over(over.end());
    } else {
      failure = cause;
      OrderlyClose.close(ctx.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    connection.closed(failure);
  }
}
