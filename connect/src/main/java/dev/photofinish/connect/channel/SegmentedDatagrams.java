package dev.photofinish.connect.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetSocketAddress;

/**
 * Several datagrams to one address that the kernel is handed as one (Linux: {@code UDP_SEGMENT}),
 * which takes its way through the network stack once.
 */
public final class SegmentedDatagrams {
  private SegmentedDatagrams() {}

  /** Whether they may be written to {@code channel}. */
  public static boolean areTakenBy(Channel channel) {
    return channel instanceof EpollDatagramChannel
        && EpollDatagramChannel.isSegmentedDatagramPacketSupported();
  }

  /**
   * The datagrams, as one message for a channel.
   *
   * @param content of all, whose reference is taken over
   * @param size of each, but the last one may be smaller
   */
  public static DatagramPacket of(ByteBuf content, int size, InetSocketAddress to) {
    return new SegmentedDatagramPacket(content, size, to);
  }
}
