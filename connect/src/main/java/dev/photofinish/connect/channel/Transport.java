package dev.photofinish.connect.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Event loops and the channels that run on them.
 *
 * @param owned whether the connector made the group, and so ends it
 * @param datagramOf makes a channel for one family of addresses, as a multicast group needs
 */
public record Transport(
    EventLoopGroup group,
    boolean owned,
    ChannelFactory<? extends Channel> stream,
    ChannelFactory<? extends ServerChannel> server,
    ChannelFactory<? extends DatagramChannel> datagram,
    Function<SocketProtocolFamily, ? extends DatagramChannel> datagramOf,
    ChannelFactory<? extends SocketChannel> dnsStream) {

  private static final int MAX_THREADS = 4;
  private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

  /** Without, an event loop that is ended between its own steps closes no channel at all. */
  private static final long QUIET_MILLIS = 10;

  /** A few event loops of one's own. */
  public static Transport own() {
    return of(newGroup("photofinish-connect"), true);
  }

  /** A few event loops: epoll where there is one, NIO elsewhere. */
  public static EventLoopGroup newGroup(String threadName) {
    return newGroup(threadName, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
  }

  /** So many event loops: epoll where there is one, NIO elsewhere. */
  public static EventLoopGroup newGroup(String threadName, int threads) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(threadName, true), io);
  }

  public static Transport of(EventLoopGroup group) {
    return of(group, false);
  }

  private static Transport of(EventLoopGroup group, boolean owned) {
    if (isType(group, EpollIoHandler.class)) {
      return new Transport(
          group,
          owned,
          EpollSocketChannel::new,
          EpollServerSocketChannel::new,
          EpollDatagramChannel::new,
          EpollDatagramChannel::new,
          EpollSocketChannel::new);
    }
    if (isType(group, NioIoHandler.class)) {
      return new Transport(
          group,
          owned,
          NioSocketChannel::new,
          NioServerSocketChannel::new,
          NioDatagramChannel::new,
          NioDatagramChannel::new,
          NioSocketChannel::new);
    }
    if (isType(group, IoUringIoHandler.class)) {
      return new Transport(
          group,
          owned,
          IoUringSocketChannel::new,
          IoUringServerSocketChannel::new,
          IoUringDatagramChannel::new,
          IoUringDatagramChannel::new,
          IoUringSocketChannel::new);
    }
    if (isType(group, LocalIoHandler.class)) {
      return new Transport(
          group,
          owned,
          LocalChannel::new,
          LocalServerChannel::new,
          NioDatagramChannel::new,
          NioDatagramChannel::new,
          NioSocketChannel::new);
    }
    throw new IllegalArgumentException(
        "eventLoopGroup: "
            + group
            + " is not known; expected one for epoll, io_uring, NIO or local");
  }

  /**
   * Ends the loops if they are the connector's own. An event loop does not wait for them: it may be
   * one of them, or one that one of them waits for.
   */
  public void close() {
    if (!owned) {
      return;
    }
    Future<?> ended =
        group.shutdownGracefully(QUIET_MILLIS, CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    if (!isOnEventLoop()) {
      ended.awaitUninterruptibly(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether the caller runs on an event loop, this transport's or any other, and must not wait. */
  public static boolean isOnEventLoop() {
    return ThreadExecutorMap.currentExecutor() instanceof EventLoop;
  }

  private static boolean isType(
      EventLoopGroup group, Class<? extends io.netty.channel.IoHandler> type) {
    return group instanceof IoEventLoopGroup io && io.isIoType(type);
  }
}
