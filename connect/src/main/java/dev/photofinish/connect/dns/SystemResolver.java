package dev.photofinish.connect.dns;

import dev.photofinish.race.address.Family;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;

/** Names as the system knows them: the hosts file first, then DNS. */
public final class SystemResolver implements Resolver {
  private final HostsFile hosts;
  private final DnsResolver dns;

  public SystemResolver(HostsFile hosts, DnsResolver dns) {
    this.hosts = hosts;
    this.dns = dns;
  }

  @Override
  public void ask(String host, Family family, EventLoop loop, Answer answer) {
    List<InetAddress> written = hosts.find(host, family);
    if (written == null) {
      dns.ask(host, family, loop, answer);
    } else {
      String none = Unresolved.question(host, family) + ": not in the hosts file";
      answer.answered(written, written.isEmpty() ? none : null);
    }
  }

  @Override
  public void close() {
    dns.close();
  }
}
