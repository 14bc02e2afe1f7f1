package dev.photofinish.relay.web.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Adds to every answer what keeps a browser from being used against the page. */
@Sharable
final class SecurityHeaders extends ChannelOutboundHandlerAdapter {
  /** No script and no style but files of this server; pictures come through blob: addresses. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none';"
          + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response) {
      HttpHeaders headers = response.headers();
      headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
      headers.set(HttpHeaderNames.X_FRAME_OPTIONS, "DENY");
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cross-Origin-Opener-Policy", "same-origin");
      headers.set("Cross-Origin-Resource-Policy", "same-origin");
      if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
      }
    }
    super.write(context, message, promise);
  }
}
