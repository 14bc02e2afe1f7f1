package dev.photofinish.relay.web.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Puts a request and its body together, and refuses those that are too large with a reason. */
final class RequestAggregator extends HttpObjectAggregator {
  private static final HttpResponseStatus TOO_LARGE = HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;

  RequestAggregator(int mostBodyBytes) {
    super(mostBodyBytes, true);
  }

  private FullHttpResponse refusal() {
    String reason = "The body must have " + maxContentLength() + " bytes at most.";
    Response said = Response.text(TOO_LARGE, reason);
    FullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, TOO_LARGE, Unpooled.wrappedBuffer(said.body()));
    message.headers().set(HttpHeaderNames.CONTENT_TYPE, said.contentType());
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, said.body().length);
    return message;
  }

  /** Before the body comes, for clients that ask whether it may. */
  @Override
  protected Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    Object answer = super.newContinueResponse(start, maxContentLength, pipeline);
    return answer instanceof FullHttpResponse refused && refused.status().equals(TOO_LARGE)
        ? refusal()
        : answer;
  }

  /** The rest of the body is read and dropped: a close meanwhile could destroy the answer. */
  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    boolean ended = oversized instanceof FullHttpMessage;
    ChannelFuture sent = context.writeAndFlush(refusal());
    sent.addListener(
        ended || !HttpUtil.isKeepAlive(oversized)
            ? ChannelFutureListener.CLOSE
            : ChannelFutureListener.CLOSE_ON_FAILURE);
  }
}
