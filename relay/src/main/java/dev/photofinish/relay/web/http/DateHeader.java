package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Says in every answer what time it is (RFC 9110 section 6.6.1). The page needs it: the clock of a
 * browser may be off, and all that is reported has the relay's times.
 */
@Sharable
final class DateHeader extends ChannelOutboundHandlerAdapter {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      response.headers().set(HttpHeaderNames.DATE, IMF_FIXDATE.format(Instant.now()));
    }
    super.write(context, message, promise);
  }
}
