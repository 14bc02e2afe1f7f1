package dev.photofinish.connect;

import dev.photofinish.race.Addresses;
import dev.photofinish.race.Candidate;
import dev.photofinish.race.Family;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the addresses of a target: both families of every endpoint at once, none waiting for
 * another (RFC 8305 section 3). Numeric addresses are answered at once and never looked up.
 */
final class Resolution {
  private final Target target;
  private final @Nullable InetAddress local;
  private final EventLoop loop;
  private final Names names;

  /**
   * Asks on behalf of one race.
   *
   * @param local the address to dial from: the other family is not asked for
   */
  Resolution(Target target, @Nullable InetAddress local, EventLoop loop, Names names) {
    this.target = target;
    this.local = local;
    this.loop = loop;
    this.names = names;
  }

  /** Takes the answer for one family of one endpoint. */
  interface Answers {
    void answered(
        int endpoint, Family family, List<InetAddress> addresses, @Nullable String detail);
  }

  /** Every family of every endpoint is answered once, some before this returns. */
  void start(Answers answers) {
    for (int i = 0; i < target.endpoints().size(); i++) {
      start(i, target.endpoints().get(i).host(), answers);
    }
  }

  private void start(int endpoint, String host, Answers answers) {
    if (host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host)) {
      numeric(endpoint, host, answers);
      return;
    }
    for (Family family : Family.values()) {
      if (local != null && Family.of(local) != family) {
        answers.answered(endpoint, family, List.of(), null);
      } else {
        names.ask(
            host,
            family,
            loop,
            (addresses, detail) -> answers.answered(endpoint, family, addresses, detail));
      }
    }
  }

  private void numeric(int endpoint, String host, Answers answers) {
    List<InetAddress> addresses = List.of();
    String detail = null;
    Family family = host.indexOf(':') >= 0 ? Family.IPV6 : Family.IPV4;
    try {
      InetAddress address = InetAddress.getByName(host);
      family = Family.of(address);
      addresses = List.of(address);
      detail = mismatch(address);
    } catch (UnknownHostException e) {
      detail = host + ": no such zone on this machine"; // all else was checked before
    }
    Family other = family == Family.IPV6 ? Family.IPV4 : Family.IPV6;
    if (other == Family.IPV6) {
      answers.answered(endpoint, other, List.of(), null);
    }
    answers.answered(endpoint, family, detail == null ? addresses : List.of(), detail);
    if (other == Family.IPV4) {
      answers.answered(endpoint, other, List.of(), null);
    }
  }

  private @Nullable String mismatch(InetAddress address) {
    return local == null || Family.of(local) == Family.of(address)
        ? null
        : Addresses.text(address) + " cannot be dialled from " + Addresses.text(local);
  }

  static List<Candidate> candidates(
      Target target, int endpoint, List<InetAddress> addresses, @Nullable InetAddress local) {
    int port = target.endpoints().get(endpoint).port();
    Candidate[] candidates = new Candidate[addresses.size()];
    for (int i = 0; i < candidates.length; i++) {
      InetSocketAddress remote = new InetSocketAddress(addresses.get(i), port);
      candidates[i] = new Candidate(endpoint, remote, local);
    }
    return List.of(candidates);
  }
}
