package dev.photofinish.connect.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollDatagramChannelConfig;
import io.netty.channel.socket.DatagramPacket;

/**
 * Datagrams that are received several by one system call, where the kernel can (Linux: {@code
 * recvmmsg}).
 */
public final class ReceivedDatagrams {
  private static final int BATCH = 8;

  private ReceivedDatagrams() {}

  /**
   * Sets up a channel for it, before it is registered.
   *
   * @param longest bytes of a datagram; what is longer comes cut
   */
  public static void inBatches(Channel channel, int longest) {
    int batch = 1;
    if (channel.config() instanceof EpollDatagramChannelConfig config) {
      config.setMaxDatagramPayloadSize(longest);
      batch = BATCH;
    }
    channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(batch * longest));
  }

  /**
   * The content of a datagram in a buffer of its own, which may be kept: that of the datagram
   * itself is a part of what the whole batch was received into.
   *
   * @return a buffer that the caller releases
   */
  public static ByteBuf copy(ChannelHandlerContext context, DatagramPacket datagram) {
    ByteBuf content = datagram.content();
    return context.alloc().directBuffer(content.readableBytes()).writeBytes(content);
  }
}
