package dev.photofinish.connect.dns;

import dev.photofinish.race.address.Addresses;
import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.DnsServerAddresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The name servers to ask, each several times: a UDP answer may be lost, and the resolver asks no
 * server twice on its own.
 */
final class NameServers {
  private static final int TRIES = 3;
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final InetSocketAddress LOCAL =
      new InetSocketAddress(Addresses.parse("127.0.0.1"), 53);

  private NameServers() {}

  /**
   * What to ask.
   *
   * @param servers null for the system's
   */
  static DnsServerAddressStreamProvider of(@Nullable List<InetSocketAddress> servers) {
    List<InetSocketAddress> chosen = servers == null ? withoutConfiguration(RESOLV_CONF) : servers;
    if (chosen.isEmpty()) {
      DnsServerAddressStreamProvider system = DnsServerAddressStreamProviders.platformDefault();
      return name -> new Repeated(system.nameServerAddressStream(name));
    }
    DnsServerAddresses fixed = DnsServerAddresses.sequential(chosen);
    return name -> new Repeated(fixed.stream());
  }

  /**
   * resolv.conf(5): "If no nameserver entries are present, the default is to use the name server on
   * the local machine." Netty's resolver would ask public servers instead.
   *
   * @return empty when the system is configured, or is one without this file
   */
  static List<InetSocketAddress> withoutConfiguration(Path resolvConf) {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(resolvConf)) {
      boolean configured = lines.anyMatch(line -> line.strip().startsWith("nameserver"));
      return configured ? List.of() : List.of(LOCAL);
    } catch (IOException | UncheckedIOException e) {
      return List.of(LOCAL);
    }
  }

  private record Repeated(DnsServerAddressStream once) implements DnsServerAddressStream {
    @Override
    public InetSocketAddress next() {
      return once.next();
    }

    @Override
    public int size() {
      return once.size() * TRIES;
    }

    @Override
    public DnsServerAddressStream duplicate() {
      return new Repeated(once.duplicate());
    }
  }
}
