package dev.photofinish.connect.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Sets how many hops datagrams to groups may take. Netty's option of that name sets those of
 * datagrams to single hosts on its native transports, and leaves groups at one hop.
 */
public final class MulticastTtl {
  private static final IntegerUnixChannelOption NATIVE_IPV4 = option("IP_MULTICAST_TTL", 0, 33);
  private static final IntegerUnixChannelOption NATIVE_IPV6 = option("IPV6_MULTICAST_HOPS", 41, 18);

  private MulticastTtl() {}

  private static IntegerUnixChannelOption option(String name, int level, int number) {
    return new IntegerUnixChannelOption(name, level, number);
  }

  /**
   * Sets them on a channel of the group's family.
   *
   * @param hops 0 to 255
   */
  public static void set(Channel channel, InetAddress group, int hops) {
    channel.config().setOption(of(channel, group), hops);
  }

  static ChannelOption<Integer> of(Channel channel, InetAddress group) {
    if (!(channel instanceof UnixChannel)) {
      return ChannelOption.IP_MULTICAST_TTL;
    }
    return group instanceof Inet6Address ? NATIVE_IPV6 : NATIVE_IPV4;
  }
}
