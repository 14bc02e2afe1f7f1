package dev.photofinish.host;

import dev.photofinish.race.address.Addresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The network of this host as text that changes when its interfaces or default route do. */
final class HostNetwork {
  /** Addresses for documentation (RFC 5737 and 3849): only a default route leads there. */
  private static final InetSocketAddress FAR_4 = far("192.0.2.1");

  private static final InetSocketAddress FAR_6 = far("2001:db8::1");

  private HostNetwork() {}

  private static InetSocketAddress far(String address) {
    return new InetSocketAddress(Addresses.parse(address), 9);
  }

  static String describe() {
    return "addresses " + addresses() + ", default route " + defaultRoute();
  }

  /** Interface by interface. */
  private static String addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(HostNetwork::addresses)
          .sorted()
          .collect(Collectors.joining(" "));
    } catch (SocketException e) {
      return "unknown";
    }
  }

  /**
   * Loopback is everywhere, and so are link-local IPv6 addresses: they say nothing about the
   * network behind, and would change with each virtual interface of a container.
   */
  private static Stream<String> addresses(NetworkInterface of) {
    return of.inetAddresses()
        .filter(address -> !address.isLoopbackAddress())
        .filter(address -> !(address instanceof Inet6Address && address.isLinkLocalAddress()))
        .map(address -> of.getName() + "=" + Addresses.text(address).replaceFirst("%.*", ""));
  }

  /** The address that the system would dial from, and on Linux the routes themselves. */
  private static String defaultRoute() {
    return "from " + source(FAR_4) + " and " + source(FAR_6) + DefaultRoutes.ofThisHost();
  }

  private static String source(InetSocketAddress far) {
    @Nullable InetAddress source = SourceAddresses.learn(far);
    return source == null ? "none" : Addresses.text(source);
  }
}
