package dev.photofinish.connect;

import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.DnsServerAddresses;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name servers to ask, each several times: a UDP answer may be lost, and the resolver asks no
 * server twice on its own.
 */
final class NameServers {
  private static final int TRIES = 3;

  private NameServers() {}

  static DnsServerAddressStreamProvider of(@Nullable List<InetSocketAddress> servers) {
    if (servers == null) {
      DnsServerAddressStreamProvider system = DnsServerAddressStreamProviders.platformDefault();
      return name -> new Repeated(system.nameServerAddressStream(name));
    }
    DnsServerAddresses fixed = DnsServerAddresses.sequential(servers);
    return name -> new Repeated(fixed.stream());
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
