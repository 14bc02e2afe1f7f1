package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Date;

/**
 * Says in every answer what time it is (RFC 9110 section 6.6.1). The page needs it: the clock of a
 * browser may be off, and all that is reported has the relay's times.
 */
@Sharable
final class DateHeader extends ChannelOutboundHandlerAdapter {
  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      response.headers().set(HttpHeaderNames.DATE, DateFormatter.format(new Date()));
    }
    super.write(context, message, promise);
  }
}
