package dev.photofinish.connect.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;

/**
 * Sets how many hops datagrams to groups may take. Netty's option of that name sets those of
 * datagrams to single hosts on its native transports, and leaves groups at one hop.
 */
public final class MulticastTtl {
  private static final int IPPROTO_IP = 0;
  private static final int IP_MULTICAST_TTL = 33;

  private MulticastTtl() {}

  /**
   * For groups of IPv4.
   *
   * @param hops 0 to 255
   */
  public static void set(Channel channel, int hops) {
    if (channel instanceof UnixChannel) {
      channel
          .config()
          .setOption(
              new IntegerUnixChannelOption("MULTICAST_TTL", IPPROTO_IP, IP_MULTICAST_TTL), hops);
    } else {
      channel.config().setOption(ChannelOption.IP_MULTICAST_TTL, hops);
    }
  }
}
