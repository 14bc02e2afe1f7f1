package dev.photofinish.cli.gst;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts what the host sends into messages. At most one incomplete message is kept, of at most {@link
 * Wire#MOST} bytes; after one that breaks a rule nothing is read.
 */
final class MessageDecoder extends ByteToMessageDecoder {
  private boolean broken;

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws MalformedMessageException {
    if (broken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < Wire.LENGTH) {
      return;
    }
    long length = in.getUnsignedInt(in.readerIndex());
    if (length < Wire.HEADER || length > Wire.MOST) {
      broken = true;
      throw new MalformedMessageException("a length of " + length);
    }
    if (in.readableBytes() - Wire.LENGTH < length) {
      return;
    }
    in.skipBytes(Wire.LENGTH);
    broken = true;
    out.add(HostMessage.read(in.readSlice((int) length)));
    broken = false;
  }
}
