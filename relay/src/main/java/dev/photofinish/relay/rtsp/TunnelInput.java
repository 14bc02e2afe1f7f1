package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place in the pipeline of a tunnel's GET where the bytes of its POST come in. What the GET's
 * own peer sends is dropped. The tunnel ends if no POST comes in time, and with its POST.
 */
final class TunnelInput extends ChannelInboundHandlerAdapter implements TunnelGet {
  private final ServerContext context;
  private @Nullable ReaderConnection connection;
  private @Nullable ChannelHandlerContext here;
  private @Nullable Future<?> timer;

  TunnelInput(ServerContext context) {
    this.context = context;
  }

  /** Reads from here go to this connection. */
  void connection(ReaderConnection reader) {
    connection = reader;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    here = ctx;
    long time = context.options().tunnelTimeout().toNanos();
    timer = ctx.executor().schedule(() -> late(ctx), time, TimeUnit.NANOSECONDS);
  }

  private void late(ChannelHandlerContext ctx) {
    context
        .log()
        .say(
            CountedLog.Kind.TUNNEL,
            () ->
                SourceAddress.text(ctx.channel())
                    + " is closed: its tunnel (GET) was not completed by a POST");
    Future<?> unused = ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    stopTimer();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nothing was read.
  }

  @Override
  public void join(TunnelPost post) {
    ChannelHandlerContext ctx = here;
    ReaderConnection reader = connection;
    if (ctx == null || reader == null) {
      throw new IllegalStateException("a tunnel that is not open yet");
    }
    ctx.channel().closeFuture().addListener(closed -> post.close());
    ctx.executor()
        .execute(
            () -> {
              stopTimer();
              reader.input(post);
            });
  }

  @Override
  public void inject(ByteBuf bytes, Runnable done) {
    ChannelHandlerContext ctx = here;
    if (ctx == null) {
      bytes.release();
      return;
    }
    ctx.executor()
        .execute(
            () -> {
              ctx.fireChannelRead(bytes);
              ctx.fireChannelReadComplete();
              done.run();
            });
  }

  @Override
  public void end() {
    ChannelHandlerContext ctx = here;
    if (ctx != null) {
      Future<?> unused = ctx.channel().close();
    }
  }

  @Override
  public boolean isWritable() {
    ChannelHandlerContext ctx = here;
    return ctx != null && ctx.channel().isWritable();
  }
}
