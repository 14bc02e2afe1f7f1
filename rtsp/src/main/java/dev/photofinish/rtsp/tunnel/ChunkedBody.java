package dev.photofinish.rtsp.tunnel;

import dev.photofinish.rtsp.dialogue.EndReason;
import dev.photofinish.rtsp.transport.ConnectionEndException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;

/** The bytes of a chunked answer, as proxies between make them of an answer without length. */
final class ChunkedBody extends ChannelInboundHandlerAdapter {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpContent content)) {
      ctx.fireChannelRead(message);
      return;
    }
    ctx.fireChannelRead(content.content());
    if (content.decoderResult().isFailure()) {
      end(ctx, EndReason.Kind.BROKEN, "what came through the tunnel is not in chunks");
    } else if (message instanceof LastHttpContent) {
      end(ctx, EndReason.Kind.CLOSED, "the camera ended its side of the tunnel (GET)");
    }
  }

  private static void end(ChannelHandlerContext ctx, EndReason.Kind kind, String reason) {
    ctx.fireExceptionCaught(new ConnectionEndException(new EndReason(kind, reason)));
  }
}
