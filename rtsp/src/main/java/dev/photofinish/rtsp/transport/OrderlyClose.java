package dev.photofinish.rtsp.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a connection that both sides have closed: our FIN, and the camera's, which says that
 * the camera has come to read ours (RFC 9293 section 3.6). After {@value #PEER_MILLIS} ms without
 * it, RST. A channel that is closed at once is gone for us alone: a camera that takes one client,
 * and is late, may see the next one before the end of this one.
 *
 * <p>The first handler of a channel: whatever closes it, the handlers after this one have said
 * their last by then, and hear that it is closed; what still comes is dropped. The channel's {@code
 * closeFuture} is done when the camera has closed too.
 */
public final class OrderlyClose extends ChannelOutboundHandlerAdapter {
  static final int PEER_MILLIS = 500;

  private final long peerMillis;
  private @Nullable Future<?> late;
  private boolean begun;

  public OrderlyClose() {
    this(PEER_MILLIS);
  }

  OrderlyClose(long peerMillis) {
    this.peerMillis = peerMillis;
  }

  /**
   * Closes a channel, from its event loop, within {@value #PEER_MILLIS} ms, what its handlers have
   * to say first included.
   */
  public static void close(Channel channel) {
    ChannelHandlerContext first = channel.pipeline().context(OrderlyClose.class);
    if (first != null && channel.isActive()) {
      ((OrderlyClose) first.handler()).limit(first);
    }
    Future<?> unused = channel.close();
  }

  /** Closes a channel past all other handlers. False for one that does not have this one yet. */
  public static boolean ofLoser(Channel channel) {
    ChannelHandlerContext first = channel.pipeline().context(OrderlyClose.class);
    if (first != null) {
      ((OrderlyClose) first.handler()).close(first, channel.newPromise());
    }
    return first != null;
  }

  private void limit(ChannelHandlerContext ctx) {
    if (late == null) {
      Future<?> limit =
          ctx.executor().schedule(() -> reset(ctx), peerMillis, TimeUnit.MILLISECONDS);
      late = limit;
      ctx.channel().closeFuture().addListener(done -> limit.cancel(false));
    }
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (ctx.channel() instanceof DuplexChannel channel && channel.isActive()) {
      channel.closeFuture().addListener(done -> promise.trySuccess());
      begin(ctx, channel);
    } else {
      Future<?> unused = ctx.close(promise);
    }
  }

  private void begin(ChannelHandlerContext ctx, DuplexChannel channel) {
    if (begun) {
      return;
    }
    begun = true;
    limit(ctx);
    channel.pipeline().addFirst(new Remainder());
    channel.config().setAutoRead(true);
    channel.eventLoop().execute(ctx::fireChannelInactive);
    channel
        .shutdownOutput()
        .addListener(
            sent -> {
              if (!sent.isSuccess()) {
                reset(ctx);
              }
            });
  }

  private static void reset(ChannelHandlerContext ctx) {
    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    Future<?> unused = ctx.close();
  }

  /** What comes after our end, for which the handlers of the channel are over. */
  private static final class Remainder extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {}

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {}

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {}
  }
}
