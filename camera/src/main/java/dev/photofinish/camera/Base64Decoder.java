package dev.photofinish.camera;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The bytes in the body of a tunnel's POST: each request is encoded by itself, so padding comes in
 * the middle. Line ends between are skipped.
 */
final class Base64Decoder extends ByteToMessageDecoder {

  private static final int QUANTUM = 4;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ByteBuf bytes = ctx.alloc().buffer(in.readableBytes());
    byte[] quantum = new byte[QUANTUM];
    int filled = 0;
    int consumed = in.readerIndex();
    try {
      while (in.isReadable()) {
        byte next = in.readByte();
        if (next == '\r' || next == '\n') {
          continue;
        }
        quantum[filled++] = next;
        if (filled == QUANTUM) {
          bytes.writeBytes(Base64.getDecoder().decode(quantum));
          filled = 0;
          consumed = in.readerIndex();
        }
      }
    } catch (IllegalArgumentException e) {
      bytes.release();
      in.readerIndex(in.writerIndex()); // what follows cannot be understood either
      throw new CorruptedFrameException(
          "not base64: " + new String(quantum, StandardCharsets.US_ASCII), e);
    }
    in.readerIndex(consumed);
    if (bytes.isReadable()) {
      out.add(bytes);
    } else {
      bytes.release();
    }
  }
}
