package dev.photofinish.cli.relay;

import dev.photofinish.cli.config.InterfaceName;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.OptionType;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.rtsp.MulticastOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * Multicast for readers. A group cannot be kept to users: whoever joins it sees the cameras.
 *
 * @param first group and port; null where multicast is not served
 * @param ttl hops that packets may take, 0 to 255
 * @param by the network interface that groups are sent on; null for the system's choice
 */
record ServedGroups(@Nullable InetSocketAddress first, int ttl, @Nullable NetworkInterface by) {
  static final String OPTION = "serve-multicast";
  static final String EXPECTED = "a group of IPv4 with an even port, such as 239.1.2.1:5004";
  static final ServedGroups OFF = new ServedGroups(null, 1, null);

  static final OptionType<InetSocketAddress> GROUP = OptionType.text(EXPECTED, ServedGroups::group);
  static final OptionType<NetworkInterface> INTERFACE =
      OptionType.text("the name of a network interface", InterfaceName::find);

  private static InetSocketAddress group(String option, String text) {
    int colon = text.lastIndexOf(':');
    try {
      InetAddress group = Addresses.parse(text.substring(0, Math.max(0, colon)));
      int port = Integer.parseInt(text.substring(colon + 1));
      var checked = new MulticastOptions(group, port, 1, null);
      return new InetSocketAddress(checked.first(), checked.port());
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException(option, text, EXPECTED);
    }
  }

  ServedGroups withFirst(@Nullable InetSocketAddress value) {
    return new ServedGroups(value, ttl, by);
  }

  ServedGroups withTtl(int value) {
    return new ServedGroups(first, value, by);
  }

  ServedGroups withInterface(@Nullable NetworkInterface value) {
    return new ServedGroups(first, ttl, value);
  }

  /** Null where multicast is not served. */
  @Nullable MulticastOptions options() {
    return first == null
        ? null
        : new MulticastOptions(first.getAddress(), first.getPort(), ttl, by);
  }

  /** Whether nobody but this host gets the groups. */
  boolean staysHere() {
    try {
      return first == null || ttl == 0 || (by != null && by.isLoopback());
    } catch (SocketException e) {
      return false;
    }
  }
}
