package dev.photofinish.rtsp.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.base64.Base64;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the POST connection, in base64, what is written to the GET connection. Each flush is
 * encoded by itself, padding included: servers decode request by request, and some take padding
 * that stands between a frame's header and its content for bytes.
 */
final class PostWriter extends ChannelOutboundHandlerAdapter {
  private static final int MAX_PARTS = 64;

  private final Channel post;
  private @Nullable CompositeByteBuf written;

  PostWriter(Channel post) {
    this.post = post;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (written == null) {
      written = ctx.alloc().compositeBuffer(MAX_PARTS);
    }
    written.addComponent(true, (ByteBuf) message);
    promise.trySuccess();
  }

  @Override
  public void flush(ChannelHandlerContext ctx) {
    if (written != null) {
      ByteBuf plain = written;
      written = null;
      ByteBuf encoded = Base64.encode(plain, false);
      plain.release();
      Future<?> unused = post.writeAndFlush(encoded, post.voidPromise());
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (written != null) {
      written.release();
      written = null;
    }
  }
}
