package dev.photofinish.camera;

import dev.photofinish.camera.CameraEvent.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Answers the HTTP requests that open a tunnel, and makes the connection one. */
final class TunnelServer extends SimpleChannelInboundHandler<HttpObject> {

  private static final String COOKIE = "x-sessioncookie";
  private static final String SUBPROTOCOL = "rtsp.onvif.org";
  private static final int MAX_FRAME = 1024 * 1024;

  private final Device device;
  private final HttpTunnels tunnels;
  private final CameraOptions options;
  private final RtspConnection connection;
  private @Nullable HttpRequest request;

  TunnelServer(Device device, HttpTunnels tunnels, RtspConnection connection) {
    this.device = device;
    this.tunnels = tunnels;
    this.options = device.context().options();
    this.connection = connection;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest head) {
      request = head;
      boolean post = head.method().equals(HttpMethod.POST);
      if (!post) {
        connection.admit();
      }
      device
          .context()
          .tally()
          .request(connection.number(), "HTTP " + head.method().name(), head.uri());
      if (post) {
        post(ctx, head);
      }
    } else if (message instanceof LastHttpContent && request != null) {
      HttpRequest whole = request;
      request = null;
      int delay = options.get(Knob.ANSWER_MS);
      if (delay == 0) {
        get(ctx, whole);
      } else {
        var unused = ctx.executor().schedule(() -> get(ctx, whole), delay, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** The POST carries the client's requests, and is not answered before it ends. */
  private void post(ChannelHandlerContext ctx, HttpRequest head) {
    String cookie = head.headers().get(COOKIE, "");
    int status = options.get(Knob.TUNNEL_POST_STATUS);
    RtspConnection get = status == 0 ? tunnels.join(cookie, connection).orElse(null) : null;
    tunnels.decided(connection);
    if (get == null) {
      connection.admit();
      answer(ctx, response(status == 0 ? 404 : status), true);
      return;
    }
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addBefore(pipeline.context(RequestDecoder.class).name(), null, new Base64Decoder());
    pipeline.replace(connection, null, new TunnelInput(get));
    pipeline.remove(HttpServerCodec.class);
    pipeline.remove(this);
  }

  private void get(ChannelHandlerContext ctx, HttpRequest head) {
    if (connection.silent() || !ctx.channel().isActive()) {
      return;
    }
    int status = head.decoderResult().isFailure() ? 400 : options.get(Knob.TUNNEL_STATUS);
    if (status != 0) {
      answer(ctx, response(status), false);
    } else if (options.get(Knob.TUNNEL_AUTH) && !granted(ctx, head)) {
      return;
    } else if (isUpgrade(head) && serves(Tunnels.WEBSOCKET)) {
      webSocket(ctx, head);
    } else if (head.headers().contains(COOKIE) && serves(Tunnels.HTTP)) {
      tunnel(ctx, head);
    } else {
      answer(ctx, response(404), false);
    }
  }

  private boolean serves(Tunnels kind) {
    Tunnels served = options.get(Knob.TUNNELS);
    return served == kind || served == Tunnels.BOTH;
  }

  private static boolean isUpgrade(HttpRequest head) {
    return head.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true);
  }

  private boolean granted(ChannelHandlerContext ctx, HttpRequest head) {
    Map<String, String> headers = new HashMap<>();
    head.headers().forEach(h -> headers.put(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
    RtspRequest judged = new RtspRequest(head.method().name(), head.uri(), "HTTP/1.1", headers);
    long now = device.context().now();
    AccessControl.Verdict verdict = device.access().judge(judged, now);
    if (verdict == AccessControl.Verdict.GRANTED) {
      connection.granted();
      return true;
    }
    if (verdict == AccessControl.Verdict.WRONG) {
      device.context().tally().record(Kind.WRONG_CREDENTIALS, connection.number(), "HTTP");
    }
    FullHttpResponse response = response(401);
    device
        .access()
        .challenges(verdict == AccessControl.Verdict.STALE, now)
        .forEach(text -> response.headers().add(HttpHeaderNames.WWW_AUTHENTICATE, text));
    answer(ctx, response, options.get(Knob.TUNNEL_AUTH_CLOSES));
    return false;
  }

  private static FullHttpResponse response(int status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
    response.headers().set(HttpHeaderNames.SERVER, "Photofinish simulated camera");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
    return response;
  }

  private static void answer(ChannelHandlerContext ctx, FullHttpResponse response, boolean close) {
    if (close) {
      response.headers().set(HttpHeaderNames.CONNECTION, "close");
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    } else {
      var unused = ctx.writeAndFlush(response, ctx.voidPromise());
    }
  }

  private void tunnel(ChannelHandlerContext ctx, HttpRequest head) {
    if (!tunnels.open(head.headers().get(COOKIE), connection)) {
      answer(ctx, response(400), true);
      return;
    }
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_0, HttpResponseStatus.valueOf(200));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, options.get(Knob.TUNNEL_TYPE));
    response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    response.headers().set(HttpHeaderNames.PRAGMA, "no-cache");
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    var unused = ctx.writeAndFlush(response, ctx.voidPromise());
    ctx.pipeline().remove(HttpServerCodec.class);
    ctx.pipeline().remove(this);
  }

  private void webSocket(ChannelHandlerContext ctx, HttpRequest head) {
    if (!head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, "").contains(SUBPROTOCOL)) {
      answer(ctx, response(400), true);
      return;
    }
    ctx.pipeline().addAfter(ctx.name(), null, new WebSocketBytes());
    WebSocketDecoderConfig frames =
        WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(MAX_FRAME).build();
    var unused =
        new WebSocketServerHandshaker13("", SUBPROTOCOL, frames)
            .handshake(
                ctx.channel(),
                new DefaultFullHttpRequest(
                    head.protocolVersion(),
                    head.method(),
                    head.uri(),
                    Unpooled.EMPTY_BUFFER,
                    head.headers(),
                    head.headers()));
    ctx.pipeline().remove(this);
  }
}
