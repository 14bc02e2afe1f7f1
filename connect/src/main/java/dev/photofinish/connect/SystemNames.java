package dev.photofinish.connect;

import dev.photofinish.race.Family;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.List;

/** Names as the system knows them: the hosts file first, then DNS. */
final class SystemNames implements Names {
  private final Hosts hosts;
  private final Dns dns;

  SystemNames(Hosts hosts, Dns dns) {
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
