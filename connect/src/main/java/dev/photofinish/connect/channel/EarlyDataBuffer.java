package dev.photofinish.connect;

import dev.photofinish.race.FinishLine;
import dev.photofinish.race.Stage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The finish lines {@code connect} and {@code tls}. Between the finish line and the caller's first
 * read it keeps what arrives: a held attempt must be read for its close to be noticed, and what is
 * read then belongs to the caller.
 *
 * <p>Owns the buffers it keeps: they are passed on at the first read, or released when the channel
 * ends before.
 */
final class EarlyDataBuffer extends ChannelDuplexHandler {
  /** Beyond this much the channel is not read until the caller does. */
  static final int MAX_KEPT_BYTES = 64 * 1024;

  private final Attempt attempt;
  private final FinishLine finishLine;
  private @Nullable Queue<Object> kept;
  private @Nullable ChannelHandlerContext context;
  private int keptBytes;
  private boolean allowHalfClosure;
  private boolean handedOver;
  private boolean inputEnded;

  EarlyDataBuffer(Attempt attempt, FinishLine finishLine) {
    this.attempt = attempt;
    this.finishLine = finishLine;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    ctx.channel().config().setAutoRead(false);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    if (finishLine == FinishLine.CONNECT) {
      attempt.reached(Stage.READY);
    }
    if (!handedOver) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      return;
    }
    ctx.fireUserEventTriggered(event);
    if (finishLine == FinishLine.TLS && event == SslHandshakeCompletionEvent.SUCCESS) {
      attempt.reached(Stage.READY);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (kept == null) {
      kept = new ArrayDeque<>();
    }
    kept.add(message);
    keptBytes += message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    if (keptBytes > MAX_KEPT_BYTES) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nothing was passed on.
  }

  /** The attempt's end is told by its first handler; nobody else is there to hear of it. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (handedOver) {
      ctx.fireExceptionCaught(cause);
    }
  }

  /** What the caller wants of {@link ChannelOption#ALLOW_HALF_CLOSURE}; off without. */
  void allowHalfClosure(boolean allowed) {
    allowHalfClosure = allowed;
  }

  /** The peer's close waits for the caller too, so that the bytes before it are not lost. */
  void handOver() {
    handedOver = true;
    if (context != null) {
      context.channel().config().setAutoRead(false);
      context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!handedOver) {
      ctx.read();
      return;
    }
    ctx.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, allowHalfClosure);
    passOn(ctx);
    if (!inputEnded) {
      ctx.read();
    } else if (allowHalfClosure) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      ChannelFuture unused = ctx.close();
    }
    ctx.pipeline().remove(this);
  }

  private void passOn(ChannelHandlerContext ctx) {
    if (kept == null) {
      return;
    }
    for (Object next = kept.poll(); next != null; next = kept.poll()) {
      ctx.fireChannelRead(next);
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (kept != null) {
      kept.forEach(ReferenceCountUtil::release);
      kept.clear();
    }
  }
}
