package dev.photofinish.connect;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;

/** The transports to test on; one that the machine does not have skips the test. */
enum Io {
  EPOLL,
  NIO,
  IO_URING;

  Loops open() {
    return open(1);
  }

  Loops open(int threads) {
    return new Loops(group(threads));
  }

  private EventLoopGroup group(int threads) {
    return switch (this) {
      case EPOLL -> {
        assumeThat(Epoll.isAvailable()).as("epoll").isTrue();
        yield new MultiThreadIoEventLoopGroup(threads, EpollIoHandler.newFactory());
      }
      case NIO -> new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
      case IO_URING -> {
        assumeThat(IoUring.isAvailable())
            .as("io_uring: %s", IoUring.unavailabilityCause())
            .isTrue();
        yield new MultiThreadIoEventLoopGroup(threads, IoUringIoHandler.newFactory());
      }
    };
  }
}
