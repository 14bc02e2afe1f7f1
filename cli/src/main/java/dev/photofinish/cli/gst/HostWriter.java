package dev.photofinish.cli.gst;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the host. Used on the event loop of the socket. */
final class HostWriter {
  private static final Logger LOG = LoggerFactory.getLogger(HostWriter.class);

  /** Beyond this of what is no packet the host is taken to be dead. */
  static final long MOST_WAITING = 8L << 20;

  private final Channel channel;

  HostWriter(Channel channel) {
    this.channel = channel;
  }

  Channel channel() {
    return channel;
  }

  /** Any message but {@code packets}. */
  void message(ByteBuf message) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    if (waiting != null && waiting.totalPendingWriteBytes() > MOST_WAITING) {
      LOG.warn("the host has not read for {} bytes: it is taken to be dead", MOST_WAITING);
      message.release();
      var unused = channel.close();
      return;
    }
    var unused = channel.writeAndFlush(message, channel.voidPromise());
  }
}
