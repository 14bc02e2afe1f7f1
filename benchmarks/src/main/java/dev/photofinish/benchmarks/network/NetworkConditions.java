package dev.photofinish.benchmarks.network;

import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The network that all clients have to cope with.
 *
 * @param name for a table's column
 * @param addresses of the host, in a lab
 * @param fault what the network does
 */
record NetworkConditions(String name, Function<Lab, List<InetAddress>> addresses, Fault fault) {
  private static final Fault IPV6_REFUSES =
      new Fault(List.of("meta nfproto ipv6 meta l4proto tcp reject with tcp reset"), List.of());

  /** Hosts with several addresses. */
  static final List<NetworkConditions> HOSTS =
      List.of(
          new NetworkConditions(
              "healthy", lab -> List.of(lab.server6(), lab.server4()), Fault.loseSyns(0)),
          new NetworkConditions(
              "dead IPv6, live IPv4",
              lab -> List.of(lab.blackHole6(), lab.server4()),
              Fault.loseSyns(0)),
          new NetworkConditions(
              "three dead, one live",
              lab ->
                  List.of(
                      lab.blackHole6(), lab.blackHole4(), next(lab.blackHole6()), lab.server4()),
              Fault.loseSyns(0)),
          new NetworkConditions(
              "refused, then live", lab -> List.of(lab.server6(), lab.server4()), IPV6_REFUSES));

  /** Per cent of SYNs lost on the way to one address. */
  static final List<Integer> LOSSES = List.of(0, 10, 30, 50);

  static NetworkConditions losing(int percent) {
    return new NetworkConditions(
        percent + " % of SYNs lost", lab -> List.of(lab.server4()), Fault.loseSyns(percent));
  }

  Host prepare(Lab lab, int port) throws IOException {
    lab.server().inflict(fault);
    Host host =
        new Host(
            name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".example",
            addresses.apply(lab),
            port);
    HostTable.add(host);
    return host;
  }

  /** The lab drops packets to a whole range. */
  private static InetAddress next(InetAddress address) {
    byte[] bytes = address.getAddress();
    bytes[bytes.length - 1]++;
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
