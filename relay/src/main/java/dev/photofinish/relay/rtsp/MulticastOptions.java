package dev.photofinish.relay.rtsp;

import dev.photofinish.option.InvalidOptionException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/**
 * Groups that sources are sent to, one a source, for readers that ask for multicast. All readers of
 * a network get them, whatever their rights: a password keeps nobody from a group.
 *
 * @param first group of IPv4; sources take it and those after it up to the last of its {@code /24}
 * @param port even; a source's tracks are sent to it, to the second after it and so on, their RTCP
 *     to the odd ones between
 * @param ttl hops that packets may take, 0 to 255; 1 stays on the local network
 * @param by the network interface to send on; null for the system's choice
 */
public record MulticastOptions(
    InetAddress first, int port, int ttl, @Nullable NetworkInterface by) {
  private static final int HIGHEST_PORT = 65_535 - 32;

  /** Refuses what is no group of IPv4, and numbers out of range. */
  public MulticastOptions {
    if (!(first instanceof Inet4Address) || !first.isMulticastAddress()) {
      throw new InvalidOptionException(
          "multicast", first.getHostAddress(), "a group of IPv4, such as 239.1.2.1");
    }
    if (port < 2 || port > HIGHEST_PORT || port % 2 != 0) {
      throw new InvalidOptionException("multicast-port", port, "an even port up to 65502");
    }
    if (ttl < 0 || ttl > 255) {
      throw new InvalidOptionException("multicast-ttl", ttl, "0 to 255");
    }
  }
}
