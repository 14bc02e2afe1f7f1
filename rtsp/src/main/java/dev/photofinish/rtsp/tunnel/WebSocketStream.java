package dev.photofinish.rtsp.tunnel;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The bytes inside of a WebSocket's frames. A camera may cut them into frames as it likes; what we
 * write at a time, a message or an interleaved frame, goes into one binary frame.
 */
final class WebSocketStream extends ChannelDuplexHandler {
  private final GatheredWrites written = new GatheredWrites();

  /**
   * The content of a ping that waits for its answer until the camera reads; null for none. RFC 6455
   * section 5.5.3: of several the most recent alone may be answered.
   */
  private @Nullable ByteBuf ping;

  /** Text is forgiven: some cameras answer in it. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame)) {
      ctx.fireChannelRead(message);
    } else if (message instanceof PingWebSocketFrame) {
      pinged(ctx, frame.content());
    } else if (message instanceof PongWebSocketFrame) {
      ReferenceCountUtil.release(message);
    } else if (message instanceof CloseWebSocketFrame close) {
      closed(ctx, close);
    } else {
      ctx.fireChannelRead(frame.content());
    }
  }

  private void pinged(ChannelHandlerContext ctx, ByteBuf content) {
    releasePing();
    ping = content;
    answerPing(ctx);
  }

  private void answerPing(ChannelHandlerContext ctx) {
    if (ping != null && ctx.channel().isWritable()) {
      ByteBuf content = ping;
      ping = null;
      Future<?> unused = ctx.writeAndFlush(new PongWebSocketFrame(content), ctx.voidPromise());
    }
  }

  private void releasePing() {
    if (ping != null) {
      ping.release();
      ping = null;
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answerPing(ctx);
    ctx.fireChannelWritabilityChanged();
  }

  private static void closed(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    String status = (close.statusCode() < 0 ? "" : close.statusCode() + " ") + close.reasonText();
    String said = status.isBlank() ? "" : ": " + HttpAnswers.shown(status.strip());
    close.release();
    end(ctx, EndReason.Kind.CLOSED, "the camera closed the WebSocket" + said);
  }

  private static void end(ChannelHandlerContext ctx, EndReason.Kind kind, String reason) {
    ctx.fireExceptionCaught(new ConnectionEndException(new EndReason(kind, reason)));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedFrameException || cause instanceof TooLongFrameException) {
      String said = "what the camera sent is no WebSocket frame: ";
      end(ctx, EndReason.Kind.BROKEN, said + CauseMapper.detail(cause));
    } else {
      ctx.fireExceptionCaught(cause);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    written.add(ctx, message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    ByteBuf message = written.take();
    if (message != null) {
      Future<?> unused = ctx.write(new BinaryWebSocketFrame(message), ctx.voidPromise());
    }
    ctx.flush();
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (ctx.channel().isActive()) {
      Future<?> unused =
          ctx.writeAndFlush(
              new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE), ctx.voidPromise());
    }
    Future<?> unused = ctx.close(promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    written.release();
    releasePing();
  }
}
