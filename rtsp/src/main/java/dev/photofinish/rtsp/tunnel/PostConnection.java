package dev.photofinish.rtsp.tunnel;

import dev.photofinish.connect.cause.CauseMapper;
import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The second connection of an HTTP tunnel, which carries our requests. Its end is the end of the
 * tunnel, and what it cannot write counts as not written by the first.
 */
final class PostConnection extends ChannelInboundHandlerAdapter {
  /** Of the bits by which users of an outbound buffer hold it back. */
  private static final int WRITABILITY_BIT = 1;

  private final Channel get;
  private @Nullable Throwable failure;

  PostConnection(Channel get) {
    this.get = get;
  }

  /** A success is no news: the POST has no end that it could be the answer to. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (message instanceof HttpResponse answer) {
        answered(answer);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void answered(HttpResponse answer) {
    if (answer.decoderResult().isFailure()) {
      end(HttpAnswers.notHttp(answer));
    } else if (answer.status().code() == 401) {
      String said = HttpAnswers.said("POST", answer);
      end(new EndReason(EndReason.Kind.REFUSED, said + " though GET was not"));
    } else if (answer.status().code() >= 300) {
      end(HttpAnswers.refused("POST", answer));
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ChannelOutboundBuffer buffer = get.unsafe().outboundBuffer();
    if (buffer != null) {
      buffer.setUserDefinedWritability(WRITABILITY_BIT, ctx.channel().isWritable());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failure = cause;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    String which = "the second connection of the tunnel (POST) was ";
    end(
        failure instanceof IOException
            ? new EndReason(EndReason.Kind.RESET, which + "lost: " + CauseMapper.detail(failure))
            : new EndReason(EndReason.Kind.CLOSED, which + "closed by the camera"));
  }

  /** Through all handlers of the first connection, so that the attempt learns of it too. */
  private void end(EndReason end) {
    if (get.isActive()) {
      get.pipeline().fireExceptionCaught(new ConnectionEndException(end));
    }
  }
}
