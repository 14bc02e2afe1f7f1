package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A track that comes as frames on the RTSP connection (RFC 2326 section 10.12). */
final class InterleavedInput extends ReceivingInput {
  private final InterleavedWriter writer;
  private final Pair channels;

  InterleavedInput(InterleavedWriter writer, Pair channels) {
    this.writer = writer;
    this.channels = channels;
  }

  @Override
  public boolean isUnordered() {
    return false;
  }

  @Override
  public boolean frame(int channel, ByteBuf content) {
    if (channel == channels.rtp()) {
      rtp(content);
    } else if (channel == channels.rtcp()) {
      rtcp(content);
    } else {
      return false;
    }
    return true;
  }

  @Override
  public void report(byte[] rtcp) {
    if (writer.hasRoom()) {
      writer.writeHeader(channels.rtcp(), rtcp.length);
      writer.write(Unpooled.wrappedBuffer(rtcp));
      writer.flush();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
