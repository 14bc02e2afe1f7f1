package dev.photofinish.rtsp.transport;

import dev.photofinish.connect.channel.MulticastTtl;
import dev.photofinish.rtsp.dialogue.TrackTransport;
import dev.photofinish.rtsp.loop.UdpPortsOpener;
import dev.photofinish.rtsp.message.Pair;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.PlatformDependent;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the two ports of a group that a camera sends one media to, on the event loop of the RTSP
 * connection. Others on this host may receive them too.
 */
final class GroupJoiner {
  /** Takes the channels that are members. */
  interface Joined {
    /**
     * The group is joined.
     *
     * @param reports where RTCP to the whole group goes
     */
    void accept(Channel rtp, Channel rtcp, InetSocketAddress reports);
  }

  private final Bootstrap bootstrap;
  private final InetAddress group;
  private final OptionalInt hops;
  private final Pair ports;
  private final NetworkInterface by;
  private final @Nullable InetAddress source;
  private final Joined joined;
  private final Consumer<Throwable> failed;

  /**
   * @param by where to join, and to send reports by
   * @param source the only sender that routers should let through (RFC 4607); null for any
   * @param joined called on the loop
   * @param failed takes why there are none, on the loop
   */
  GroupJoiner(
      EventLoop loop,
      TrackTransport.Multicast multicast,
      NetworkInterface by,
      @Nullable InetAddress source,
      Joined joined,
      Consumer<Throwable> failed) {
    SocketProtocolFamily family =
        multicast.group() instanceof Inet6Address
            ? SocketProtocolFamily.INET6
            : SocketProtocolFamily.INET;
    this.bootstrap =
        UdpPortsOpener.bootstrap(loop, transport -> transport.datagramOf().apply(family))
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.IP_MULTICAST_IF, by);
    this.hops = multicast.ttl();
    this.group = on(by, multicast.group());
    this.ports = multicast.ports();
    this.by = by;
    this.source = source;
    this.joined = joined;
    this.failed = failed;
  }

  /** A group of the link is another on each interface (RFC 4007 section 6). */
  private static InetAddress on(NetworkInterface by, InetAddress group) {
    try {
      return group.isMCLinkLocal() && group instanceof Inet6Address
          ? Inet6Address.getByAddress(null, group.getAddress(), by)
          : group;
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // of 16 bytes
    }
  }

  void join() {
    join(ports.rtp(), this::first, failed);
  }

  private void first(Channel rtp) {
    join(
        ports.rtcp(),
        rtcp -> joined.accept(rtp, rtcp, new InetSocketAddress(group, ports.rtcp())),
        why -> {
          Future<?> unused = rtp.close();
          failed.accept(why);
        });
  }

  private void join(int port, Consumer<Channel> done, Consumer<Throwable> refused) {
    UdpPortsOpener.bind(
        bootstrap, local(port), bound -> join((DatagramChannel) bound, done, refused), refused);
  }

  private void join(DatagramChannel channel, Consumer<Channel> done, Consumer<Throwable> refused) {
    hops.ifPresent(most -> MulticastTtl.set(channel, group, most));
    ChannelFuture joining = channel.joinGroup(group, by, source);
    joining.addListener(
        member -> {
          if (member.isSuccess()) {
            done.accept(channel);
          } else {
            Future<?> unused = channel.close();
            refused.accept(member.cause());
          }
        });
  }

  /** Bound to the group, a port gets nothing of other groups; Windows has only the wildcard. */
  private InetSocketAddress local(int port) {
    return PlatformDependent.isWindows()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(group, port);
  }
}
