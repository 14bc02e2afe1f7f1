package dev.photofinish.benchmarks.network;

import dev.photofinish.connect.Connector;
import dev.photofinish.connect.RaceFuture;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Heap that one dial into silence keeps: of a plain Netty connect, and of a race with one attempt.
 *
 * @param count how many were in progress at once
 * @param plainBytes each, of {@code Bootstrap.connect}
 * @param raceBytes each, of a race
 */
record InProgress(int count, long plainBytes, long raceBytes) {
  private static final int COLLECTIONS = 4;

  static InProgress measure(Host silent, int count) throws InterruptedException {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      plain(group, silent, 100); // so that classes are loaded before anything is counted
      races(group, silent, 100);
      return new InProgress(
          count, plain(group, silent, count) / count, races(group, silent, count) / count);
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static long plain(EventLoopGroup group, Host silent, int count)
      throws InterruptedException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(EpollSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(new Nothing());
    long before = used(group);
    List<ChannelFuture> dials = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      dials.add(bootstrap.connect(silent.addresses().get(0), silent.port()));
    }
    long after = used(group);
    for (ChannelFuture dial : dials) {
      Channel channel = dial.channel();
      channel.close().sync();
    }
    return after - before;
  }

  private static long races(EventLoopGroup group, Host silent, int count)
      throws InterruptedException {
    RaceOptions options = RaceOptions.builder().racingTimeout(Duration.ofMinutes(5)).build();
    try (Connector connector =
        Connector.builder().eventLoopGroup(group).limiter(SharedDialLimiter.unlimited()).build()) {
      long before = used(group);
      List<RaceFuture> races = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        races.add(connector.connect(Photofinish.target(silent), options));
      }
      long after = used(group);
      races.forEach(race -> race.cancel(true));
      return after - before;
    }
  }

  /** Heap in use once everything handed to the event loop has been done and garbage is gone. */
  private static long used(EventLoopGroup group) throws InterruptedException {
    group.next().submit(() -> {}).sync();
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static final class Nothing extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }
  }
}
