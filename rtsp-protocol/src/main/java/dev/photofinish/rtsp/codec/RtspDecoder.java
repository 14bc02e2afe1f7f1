package dev.photofinish.rtsp.codec;

import dev.photofinish.rtsp.message.RtspFormatException;
import dev.photofinish.rtsp.message.RtspLimitException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a connection's bytes, of a client's or of a server's side, into {@link
 * dev.photofinish.rtsp.message.Received} messages, {@link InterleavedFrame}s and {@link
 * StrayBytes}, in the order they came.
 *
 * <p>The receiver of a frame releases it, but for a {@link FrameReceiver}, which gets no object for
 * each. What the peer does wrong is fired as an exception, an {@link RtspFormatException} with the
 * position, and decoding goes on behind it. An {@link RtspLimitException} ends decoding: all that
 * follows is dropped, and the connection should be closed.
 *
 * <p>Netty's own decoder for RTSP stops at the first interleaved frame and refuses bare line feeds.
 */
public final class RtspDecoder extends ChannelInboundHandlerAdapter {
  /** Quiet after which an SDP without Content-Length is taken for whole, in milliseconds. */
  static final long QUIET_MILLIS = 250;

  private final Input input = new Input();
  private final MessageReader reader;
  private final @Nullable FrameReceiver frames;
  private final Step next;
  private final Step quiet;
  private final Step end;
  private boolean decoding;
  private boolean dead;
  private boolean produced;
  private @Nullable Future<?> quietTimer;

  /** A decoder with {@link RtspLimits#DEFAULT}. */
  public RtspDecoder() {
    this(RtspLimits.DEFAULT);
  }

  /** A decoder with limits of the caller. */
  public RtspDecoder(RtspLimits limits) {
    this(limits, null);
  }

  /** A decoder with {@link RtspLimits#DEFAULT} whose frames go to {@code frames} alone. */
  public RtspDecoder(FrameReceiver frames) {
    this(RtspLimits.DEFAULT, frames);
  }

  private RtspDecoder(RtspLimits limits, @Nullable FrameReceiver frames) {
    this.reader = new MessageReader(limits, frames);
    this.frames = frames;
    this.next = () -> reader.next(input);
    this.quiet = () -> reader.quiet(input);
    this.end = () -> reader.end(input);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      context.fireChannelRead(message);
      return;
    }
    if (dead) {
      bytes.release();
      return;
    }
    stopQuietTimer();
    if (frames != null) {
      frames.bytesRead();
    }
    input.add(bytes, context.alloc());
    decode(context);
  }

  /** Decodes all that is there; a receiver that feeds more bytes meanwhile finds them decoded. */
  private void decode(ChannelHandlerContext context) {
    if (decoding) {
      return;
    }
    decoding = true;
    boolean more = true;
    try {
      while (more && !dead) {
        more = fire(context, next);
      }
    } finally {
      decoding = false;
      if (dead) {
        input.release();
      } else {
        input.discardDecoded();
      }
    }
  }

  /** True if something was fired, so that there may be more. */
  private boolean fire(ChannelHandlerContext context, Step step) {
    try {
      @Nullable Object decoded = step.take();
      if (decoded == null) {
        return false;
      }
      produced = true;
      if (decoded != MessageReader.TAKEN) {
        context.fireChannelRead(decoded);
      }
    } catch (RtspLimitException e) {
      dead = true;
      context.fireExceptionCaught(e);
    } catch (RtspFormatException e) {
      context.fireExceptionCaught(e);
    }
    return true;
  }

  @FunctionalInterface
  private interface Step {
    @Nullable Object take() throws RtspFormatException;
  }

  /** Whether what has come ends within a message or a frame, whose rest is yet to come. */
  public boolean isWithinMessage() {
    return !dead && (input.length() > 0 || reader.isWithinMessage());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!dead && reader.waitsForQuiet()) {
      startQuietTimer(context);
    }
    boolean starved = !produced && !context.channel().config().isAutoRead();
    produced = false;
    context.fireChannelReadComplete();
    if (starved) {
      context.read();
    }
  }

  private void startQuietTimer(ChannelHandlerContext context) {
    stopQuietTimer();
    quietTimer =
        context.executor().schedule(() -> quiet(context), QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void quiet(ChannelHandlerContext context) {
    if (!dead && reader.waitsForQuiet()) {
      fire(context, quiet);
      decode(context);
      context.fireChannelReadComplete();
    }
  }

  private void stopQuietTimer() {
    if (quietTimer != null) {
      quietTimer.cancel(false);
      quietTimer = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      end(context);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end(context);
    context.fireChannelInactive();
  }

  private void end(ChannelHandlerContext context) {
    if (!dead) {
      decode(context);
    }
    if (!dead) {
      fire(context, end);
    }
    handlerRemoved(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stopQuietTimer();
    dead = true;
    reader.stop();
    if (!decoding) {
      input.release();
    }
  }
}
