package dev.photofinish.connect.channel;

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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bytes that arrive between the finish line, {@code connect} or {@code tls}, and the
 * caller's first read: a held attempt must be read for its close to be noticed, and what is read
 * then belongs to the caller.
 *
 * <p>Owns the buffers it keeps: they are passed on at the first read, or released when the channel
 * ends before.
 */
public final class EarlyDataBuffer extends ChannelDuplexHandler {
  /** Beyond this much the channel is not read until the caller reads. */
  public static final int MAX_KEPT_BYTES = 64 * 1024;

  private final FinishLine finishLine;
  private final Consumer<Stage> reached;
  private @Nullable Queue<Object> kept;
  private @Nullable ChannelHandlerContext context;
  private int keptBytes;
  private boolean allowHalfClosure;
  private boolean handedOver;
  private boolean inputEnded;
  private boolean passing;

  /**
   * A buffer for one attempt.
   *
   * @param reached takes {@link Stage#READY} when the attempt is at its finish line
   */
  public EarlyDataBuffer(FinishLine finishLine, Consumer<Stage> reached) {
    this.finishLine = finishLine;
    this.reached = reached;
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
      reached.accept(Stage.READY);
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
      reached.accept(Stage.READY);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (kept == null) {
      kept = new ArrayDeque<>();
    }
    kept.add(message);
    keptBytes += message instanceof ByteBuf buffer ? Math.max(1, buffer.readableBytes()) : 1;
    if (keptBytes > MAX_KEPT_BYTES && !handedOver) { // auto-read is the caller's after that
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Nothing was passed on.
  }

  /** The attempt's first handler reports its end; until the hand-over there is no other. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (handedOver) {
      ctx.fireExceptionCaught(cause);
    }
  }

  /** Sets the caller's {@link ChannelOption#ALLOW_HALF_CLOSURE}, off by default. */
  public void allowHalfClosure(boolean allowed) {
    allowHalfClosure = allowed;
  }

  /** The peer's close waits for the caller as well, so that the bytes before it are not lost. */
  public void handOver() {
    handedOver = true;
    if (context != null) {
      context.channel().config().setAutoRead(false);
      context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }
  }

  /**
   * The caller's first read comes from another thread, or, once it has set auto-read, from the end
   * of a read that is on already: then the handlers that it added before are in the pipeline only
   * after the tasks that wait.
   */
  @Override
  public void read(ChannelHandlerContext ctx) {
    if (!handedOver) {
      ctx.read();
    } else if (!passing) {
      passing = true;
      ctx.executor().execute(() -> pass(ctx));
    }
  }

  private void pass(ChannelHandlerContext ctx) {
    if (ctx.isRemoved()) {
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
