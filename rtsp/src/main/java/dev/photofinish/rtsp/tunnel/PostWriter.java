package dev.photofinish.rtsp.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.base64.Base64;
import io.netty.util.concurrent.Future;

/**
 * Writes to the POST connection, in base64, what is written to the GET connection. Each flush is
 * encoded by itself, padding included: servers decode request by request, and some take padding
 * that stands between a frame's header and its content for bytes.
 */
final class PostWriter extends ChannelOutboundHandlerAdapter {
  private final Channel post;
  private final GatheredWrites written = new GatheredWrites();

  PostWriter(Channel post) {
    this.post = post;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    written.add(ctx, message, promise);
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    ByteBuf plain = written.take();
    if (plain != null) {
      ByteBuf encoded = Base64.encode(plain, false);
      plain.release();
      Future<?> unused = post.writeAndFlush(encoded, post.voidPromise());
    }
  }

  /** Both connections at once, so that the camera has the time of one close for them. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    Future<?> unused = ctx.close(promise);
    Future<?> unusedOfPost = post.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    written.release();
  }
}
