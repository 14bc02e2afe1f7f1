package dev.photofinish.relay.rtsp;

import dev.photofinish.rtsp.message.Pair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A track that comes as frames on the RTSP connection (RFC 2326 section 10.12). */
final class InterleavedInput implements TrackInput {
  private final InterleavedWriter writer;
  private final Pair channels;
  private @Nullable Receiver receiver;

  InterleavedInput(InterleavedWriter writer, Pair channels) {
    this.writer = writer;
    this.channels = channels;
  }

  @Override
  public boolean isUnordered() {
    return false;
  }

  @Override
  public void open(Receiver to) {
    receiver = to;
  }

  @Override
  public void stop() {
    receiver = null;
  }

  @Override
  public boolean frame(int channel, ByteBuf content) {
    boolean rtp = channel == channels.rtp();
    if (!rtp && channel != channels.rtcp()) {
      return false;
    }
    if (receiver != null && rtp) {
      receiver.rtp(content);
    } else if (receiver != null) {
      receiver.rtcp(content);
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
