package dev.photofinish.rtsp.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** The bytes that were written since the last flush: a tunnel carries them as one piece. */
final class GatheredWrites {
  /** More are copied together. */
  private static final int MAX_PARTS = 64;

  private @Nullable CompositeByteBuf written;

  /** Takes over one buffer that was written. */
  void add(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (written == null) {
      written = ctx.alloc().compositeBuffer(MAX_PARTS);
    }
    written.addComponent(true, (ByteBuf) message);
    promise.trySuccess();
  }

  /** Hands all of it over; null if nothing was written. */
  @Nullable ByteBuf take() {
    ByteBuf all = written;
    written = null;
    return all;
  }

  void release() {
    ByteBuf left = take();
    if (left != null) {
      left.release();
    }
  }
}
