package dev.photofinish.relay.rtsp;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the requests that open a tunnel through HTTP ("Tunnelling RTSP and RTP over HTTP",
 * Apple): the body of the answer to a GET carries what the reader is sent, the body of a POST on a
 * second connection what it sends, in base 64. A login is asked for in RTSP, not here.
 */
final class TunnelHandler extends SimpleChannelInboundHandler<HttpObject> {
  static final String TYPE = "application/x-rtsp-tunnelled";

  private static final String COOKIE = "x-sessioncookie";
  private static final int LONGEST_COOKIE = 256;

  private final ServerContext context;
  private @Nullable Future<?> timer;
  private @Nullable HttpRequest get;
  private boolean answered;

  TunnelHandler(ServerContext context) {
    this.context = context;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long time = context.options().requestTimeout().toNanos();
    timer = ctx.executor().schedule(() -> late(ctx), time, TimeUnit.NANOSECONDS);
  }

  private static void late(ChannelHandlerContext ctx) {
    Future<?> unused = ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (answered) {
      return;
    }
    if (message instanceof HttpRequest head) {
      request(ctx, head);
    } else if (message instanceof LastHttpContent && get != null) {
      open(ctx, get);
    }
  }

  private void request(ChannelHandlerContext ctx, HttpRequest head) {
    String cookie = head.headers().get(COOKIE, "");
    boolean tunnel = !cookie.isEmpty() && cookie.length() <= LONGEST_COOKIE;
    if (head.decoderResult().isFailure()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST);
    } else if (tunnel && head.method().equals(HttpMethod.GET)) {
      get = head;
    } else if (tunnel && head.method().equals(HttpMethod.POST)) {
      join(ctx, cookie);
    } else {
      refuse(ctx, HttpResponseStatus.NOT_FOUND);
    }
  }

  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
    answered = true;
    var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private void open(ChannelHandlerContext ctx, HttpRequest head) {
    var input = new TunnelInput(context);
    HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, TYPE);
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    response.headers().set(HttpHeaderNames.PRAGMA, "no-cache");
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    answered = true;
    ChannelPipeline pipeline = ctx.pipeline();
    Future<?> unused = ctx.write(response, ctx.voidPromise());
    pipeline.remove(HttpServerCodec.class);
    pipeline.addLast(input);
    input.connection(
        ReaderHandler.install(context, pipeline, ConnectionKind.of(context.isEncrypted(), true)));
    boolean opened = context.tunnels().open(head.headers().get(COOKIE), ctx.channel(), input);
    pipeline.remove(this);
    if (opened) {
      pipeline.flush();
    } else {
      unused = pipeline.close();
    }
  }

  /** The POST is not answered: its body does not end before the tunnel does. */
  private void join(ChannelHandlerContext ctx, String cookie) {
    Optional<TunnelGet> input = context.tunnels().join(cookie, ctx.channel());
    if (input.isEmpty()) {
      refuse(ctx, HttpResponseStatus.NOT_FOUND);
      return;
    }
    answered = true;
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast(new Base64Body(), new PostInput(context, input.get()));
    pipeline.remove(HttpServerCodec.class);
    pipeline.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Handshakes.failed(context, ctx, cause);
  }
}
