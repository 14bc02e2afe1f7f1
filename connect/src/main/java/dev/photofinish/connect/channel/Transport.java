package dev.photofinish.connect;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Event loops and the channels that run on them.
 *
 * @param owned whether the connector made the group, and so ends it
 */
record Transport(
    EventLoopGroup group,
    boolean owned,
    ChannelFactory<? extends Channel> stream,
    ChannelFactory<? extends DatagramChannel> datagram,
    ChannelFactory<? extends SocketChannel> dnsStream) {

  private static final int MAX_THREADS = 4;

  /** epoll where there is one, NIO elsewhere. */
  static Transport own() {
    int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return of(
        new MultiThreadIoEventLoopGroup(
            threads, new DefaultThreadFactory("photofinish-connect", true), io),
        true);
  }

  static Transport of(EventLoopGroup group) {
    return of(group, false);
  }

  private static Transport of(EventLoopGroup group, boolean owned) {
    if (isType(group, EpollIoHandler.class)) {
      return new Transport(
          group,
          owned,
          EpollSocketChannel::new,
          EpollDatagramChannel::new,
          EpollSocketChannel::new);
    }
    if (isType(group, NioIoHandler.class)) {
      return new Transport(
          group, owned, NioSocketChannel::new, NioDatagramChannel::new, NioSocketChannel::new);
    }
    if (isType(group, IoUringIoHandler.class)) {
      return new Transport(
          group,
          owned,
          IoUringSocketChannel::new,
          IoUringDatagramChannel::new,
          IoUringSocketChannel::new);
    }
    if (isType(group, LocalIoHandler.class)) {
      return new Transport(
          group, owned, LocalChannel::new, NioDatagramChannel::new, NioSocketChannel::new);
    }
    throw new IllegalArgumentException(
        "eventLoopGroup: "
            + group
            + " is not known; expected one for epoll, io_uring, NIO or local");
  }

  private static boolean isType(
      EventLoopGroup group, Class<? extends io.netty.channel.IoHandler> type) {
    return group instanceof IoEventLoopGroup io && io.isIoType(type);
  }
}
