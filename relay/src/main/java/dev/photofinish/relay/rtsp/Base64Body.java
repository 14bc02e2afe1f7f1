package dev.photofinish.relay.rtsp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.util.Base64;
import java.util.List;

/**
 * Decodes the body of a tunnel's POST: each request is encoded by itself, so that padding comes in
 * the middle. Line ends between are skipped.
 */
final class Base64Body extends ByteToMessageDecoder {
  private static final int QUANTUM = 4;

  private final byte[] quantum = new byte[QUANTUM];
  private int filled;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ByteBuf bytes = ctx.alloc().buffer(in.readableBytes());
    try {
      while (in.isReadable()) {
        take(in.readByte(), bytes);
      }
    } catch (IllegalArgumentException e) {
      bytes.release();
      in.skipBytes(in.readableBytes()); // what follows cannot be understood either
      throw new CorruptedFrameException("the body of a tunnel's POST is not base 64", e);
    }
    if (bytes.isReadable()) {
      out.add(bytes);
    } else {
      bytes.release();
    }
  }

  private void take(byte next, ByteBuf bytes) {
    if (next == '\r' || next == '\n') {
      return;
    }
    quantum[filled++] = next;
    if (filled == QUANTUM) {
      filled = 0;
      bytes.writeBytes(Base64.getDecoder().decode(quantum));
    }
  }
}
