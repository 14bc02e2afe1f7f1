package dev.photofinish.relay.rtsp;

import dev.photofinish.connect.channel.MulticastTtl;
import dev.photofinish.connect.channel.Transport;
import dev.photofinish.relay.source.Source;
import dev.photofinish.rtsp.loop.UdpPortsOpener;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The groups that sources are sent to, each as long as it has a reader. Any thread uses it. */
final class MulticastGroups {
  private final MulticastOptions options;
  private final Ticker clock;
  private final int queueBytes;
  private final Map<String, Lease> leases = new HashMap<>();
  private boolean closed;

  MulticastGroups(MulticastOptions options, Ticker clock, int queueBytes) {
    this.options = options;
    this.clock = clock;
    this.queueBytes = queueBytes;
  }

  private record Lease(int number, CompletableFuture<MulticastFeed> feed) {
    boolean isOver() {
      return feed.isCompletedExceptionally() || (feed.isDone() && feed.getNow(null).isOver());
    }
  }

  int ttl() {
    return options.ttl();
  }

  /**
   * The feed of a source, which {@code member} has joined.
   *
   * @param loop of the first reader, which sends if the feed is new
   */
  synchronized CompletableFuture<MulticastFeed> join(
      Source source, int tracks, EventLoop loop, Consumer<String> member) {
    Lease known = leases.get(source.name());
    if (known == null || known.isOver()) {
      known = closed ? null : lease(source, tracks, loop);
    }
    if (known == null) {
      return CompletableFuture.failedFuture(new SocketException("no group is left"));
    }
    return known.feed.thenApply(
        feed -> {
          feed.join(member);
          return feed;
        });
  }

  private Lease lease(Source source, int tracks, EventLoop loop) {
    byte[] group = options.first().getAddress();
    int number = 0;
    int last = 255 - (group[3] & 0xff);
    while (isTaken(number)) {
      number++;
    }
    if (number > last) {
      return new Lease(
          number, CompletableFuture.failedFuture(new SocketException("no group is left")));
    }
    group[3] += (byte) number;
    var feed = new CompletableFuture<MulticastFeed>();
    var lease = new Lease(number, feed);
    leases.put(source.name(), lease);
    InetAddress address = address(group);
    UdpPortsOpener.bind(
        bootstrap(loop),
        new InetSocketAddress(0),
        channel -> feed.complete(feed(source, address, tracks, channel)),
        feed::completeExceptionally);
    return lease;
  }

  private MulticastFeed feed(Source source, InetAddress group, int tracks, Channel channel) {
    MulticastTtl.set(channel, group, options.ttl());
    return new MulticastFeed(source, group, options.port(), tracks, channel, clock, queueBytes);
  }

  private boolean isTaken(int number) {
    return leases.values().stream().anyMatch(lease -> lease.number == number && !lease.isOver());
  }

  private static InetAddress address(byte[] group) {
    try {
      return InetAddress.getByAddress(group);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // of 4 bytes
    }
  }

  private Bootstrap bootstrap(EventLoop loop) {
    Bootstrap bootstrap =
        UdpPortsOpener.bootstrap(
            loop, (Transport transport) -> transport.datagramOf().apply(SocketProtocolFamily.INET));
    return options.by() == null
        ? bootstrap
        : bootstrap.option(ChannelOption.IP_MULTICAST_IF, options.by());
  }

  /** A reader left: a group without any is free for another source. */
  synchronized void leave(Source source, MulticastFeed feed, Consumer<String> member) {
    if (feed.leave(member)) {
      feed.close();
      forget(source, feed);
    }
  }

  private void forget(Source source, MulticastFeed feed) {
    Lease lease = leases.get(source.name());
    if (lease != null && lease.feed.getNow(null) == feed) {
      leases.remove(source.name());
    }
  }

  synchronized void close() {
    closed = true;
    for (Lease lease : leases.values()) {
      CompletableFuture<?> unused = lease.feed.thenAccept(MulticastFeed::close);
    }
    leases.clear();
  }
}
