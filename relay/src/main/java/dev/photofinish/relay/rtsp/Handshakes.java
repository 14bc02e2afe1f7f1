package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import dev.photofinish.rtsp.message.Excerpt;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;

/** The end of connections that go wrong before they speak RTSP. */
final class Handshakes {
  private Handshakes() {}

  /** Closes the connection, with a counted line where the peer did something wrong. */
  static void failed(ServerContext context, ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      Throwable reason = cause.getCause() == null ? cause : cause.getCause();
      CountedLog.Kind kind = context.isEncrypted() ? CountedLog.Kind.TLS : CountedLog.Kind.TUNNEL;
      context
          .log()
          .say(
              kind,
              () ->
                  SourceAddress.text(ctx.channel())
                      + " is closed: "
                      + Excerpt.show(String.valueOf(reason.getMessage())));
    }
    Future<?> unused = ctx.close();
  }
}
