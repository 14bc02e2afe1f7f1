package dev.photofinish.relay.web.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of one connection, one after the other. A request that comes before the
 * answer to the one before it ends the connection after that answer: browsers do not pipeline.
 */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest>
    implements Exchange.Answers {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final int MOST_SOCKET_MESSAGE_BYTES = 4096;
  private static final long ANSWER_SECONDS = 30;

  private final Dispatcher dispatcher;
  private final RequestDeadline deadline;
  private final EndlessAnswers endless;
  private boolean busy;
  private boolean last;

  RequestHandler(Dispatcher dispatcher, RequestDeadline deadline, EndlessAnswers endless) {
    this.endless = endless;
    this.dispatcher = dispatcher;
    this.deadline = deadline;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (busy) {
      last = true;
      return;
    }
    busy = true;
    deadline.received();
    last = !HttpUtil.isKeepAlive(request);
    if (request.decoderResult().isFailure()) {
      last = true;
      reply(context, request, malformed(request.decoderResult().cause()));
      return;
    }
    try {
      dispatcher.dispatch(context, this, request);
    } catch (RuntimeException e) {
      reply(context, request, Failures.response(e));
    }
  }

  private static Response malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Response.text(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The address is too long.");
    }
    return cause instanceof TooLongHttpHeaderException
        ? Response.text(
            HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header fields are too large.")
        : Response.text(HttpResponseStatus.BAD_REQUEST, "This is no HTTP request.");
  }

  @Override
  public void reply(ChannelHandlerContext context, FullHttpRequest request, Response response) {
    if (!busy || !context.channel().isActive()) {
      return;
    }
    busy = false;
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, response.status(), Unpooled.wrappedBuffer(response.body()));
    HttpHeaders headers = message.headers();
    if (!response.contentType().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
    }
    response.headers().forEach(headers::set);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    HttpUtil.setKeepAlive(headers, request.protocolVersion(), !last);
    deadline.answered(context);
    ChannelFuture sent = context.writeAndFlush(message);
    if (last) {
      sent.addListener(ChannelFutureListener.CLOSE);
    }
    closeUnlessDone(context, sent);
  }

  @Override
  public void file(ChannelHandlerContext context, FullHttpRequest request, FileAnswer answer) {
    if (!busy || !context.channel().isActive()) {
      answer.close();
      return;
    }
    HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), !last);
    boolean withBody = !request.method().equals(HttpMethod.HEAD);
    answer.send(
        context,
        withBody,
        () -> {
          busy = false;
          deadline.answered(context);
          if (last) {
            var unused = context.close();
          }
        });
  }

  private static void closeUnlessDone(ChannelHandlerContext context, ChannelFuture sent) {
    if (!sent.isDone()) {
      Future<?> timer =
          context
              .executor()
              .schedule(
                  () -> {
                    var unused = context.close();
                  },
                  ANSWER_SECONDS,
                  TimeUnit.SECONDS);
      sent.addListener(done -> timer.cancel(false));
    }
  }

  @Override
  public void stream(ChannelHandlerContext context, String contentType, BooleanSupplier allowed) {
    endless.add(context.channel(), allowed);
    context.pipeline().remove(deadline);
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    head.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    var unused = context.writeAndFlush(head);
  }

  @Override
  public void upgrade(
      ChannelHandlerContext context,
      FullHttpRequest request,
      ChannelHandler handler,
      BooleanSupplier allowed) {
    WebSocketDecoderConfig config =
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(MOST_SOCKET_MESSAGE_BYTES)
            .allowExtensions(false)
            .build();
    if (!request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13", false)
        || !request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
      throw new RefusedException(
          HttpResponseStatus.UPGRADE_REQUIRED,
          "WebSocket version 13 is needed, with a key (RFC 6455).");
    }
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(null, null, config).newHandshaker(request);
    context.pipeline().remove(deadline);
    endless.add(context.channel(), allowed);
    var unused = handshaker.handshake(context.channel(), request);
    context.pipeline().replace(this, "socket", handler);
  }

  /** A page asks again, and is answered as everyone is who has no right. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof RightRevoked) {
      context.writeAndFlush(new DefaultLastHttpContent()).addListener(ChannelFutureListener.CLOSE);
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.debug("connection of {} ends", context.channel().remoteAddress(), cause);
    }
    var unused = context.close();
  }
}
