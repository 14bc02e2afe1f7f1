package dev.photofinish.connect.dns;

import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.ProxySettings;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import dev.photofinish.race.address.Via;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the addresses of a target, or of the proxy on the way to it: both families of every
 * endpoint at once, none waiting for another (RFC 8305 section 3). Numeric addresses are answered
 * at once and never looked up.
 */
public final class Resolution {
  private final Target target;
  private final @Nullable ProxySettings proxy;
  private final LocalAddresses from;
  private final EventLoop loop;
  private final Resolver resolver;

  /**
   * Asks on behalf of one race: of the families that it can dial.
   *
   * @param proxy that the race goes through, if any
   * @param from where it can dial from
   */
  public Resolution(
      Target target,
      @Nullable ProxySettings proxy,
      LocalAddresses from,
      EventLoop loop,
      Resolver resolver) {
    this.target = target;
    this.proxy = proxy;
    this.from = from;
    this.loop = loop;
    this.resolver = resolver;
  }

  /** Takes the answer for one family of one endpoint. */
  public interface Answers {
    void answered(int endpoint, Family family, List<Candidate> candidates, @Nullable String detail);
  }

  /** Every family of every endpoint is answered once, some before this returns. */
  public void start(Answers answers) {
    for (int i = 0; i < target.endpoints().size(); i++) {
      start(i, dialled(i).host(), answers);
    }
  }

  private Endpoint dialled(int endpoint) {
    return proxy == null ? target.endpoints().get(endpoint) : proxy.address();
  }

  private void start(int endpoint, String host, Answers answers) {
    if (host.indexOf(':') >= 0 || NetUtil.isValidIpV4Address(host)) {
      numeric(endpoint, host, answers);
      return;
    }
    for (Family family : Family.values()) {
      if (!from.has(family)) {
        answers.answered(endpoint, family, List.of(), family == Family.IPV6 ? from.none() : null);
      } else {
        resolver.ask(
            host,
            family,
            loop,
            (addresses, detail) -> answer(endpoint, family, addresses, detail, answers));
      }
    }
  }

  private void numeric(int endpoint, String host, Answers answers) {
    List<InetAddress> addresses = List.of();
    String detail = null;
    Family family = host.indexOf(':') >= 0 ? Family.IPV6 : Family.IPV4;
    try {
      InetAddress address = address(host);
      family = Family.of(address);
      addresses = List.of(address);
    } catch (UnknownHostException e) {
      detail = host + ": no such zone on this machine"; // all else was checked before
    }
    Family other = family == Family.IPV6 ? Family.IPV4 : Family.IPV6;
    if (other == Family.IPV6) {
      answers.answered(endpoint, other, List.of(), null);
    }
    answer(endpoint, family, addresses, detail, answers);
    if (other == Family.IPV4) {
      answers.answered(endpoint, other, List.of(), null);
    }
  }

  /** Netty makes less on the way to an IPv4 address; it does not know zones. */
  private static InetAddress address(String numeric) throws UnknownHostException {
    InetAddress ipv4 =
        numeric.indexOf(':') >= 0 ? null : NetUtil.createInetAddressFromIpAddressString(numeric);
    return ipv4 == null ? InetAddress.getByName(numeric) : ipv4;
  }

  private void answer(
      int endpoint,
      Family family,
      List<InetAddress> addresses,
      @Nullable String detail,
      Answers answers) {
    List<Candidate> candidates = candidates(endpoint, addresses);
    boolean mismatch = candidates.isEmpty() && !addresses.isEmpty();
    answers.answered(endpoint, family, candidates, mismatch ? mismatch(addresses) : detail);
  }

  private String mismatch(List<InetAddress> addresses) {
    String none = from.none();
    return none != null
        ? none
        : Addresses.text(addresses.get(0)) + " cannot be dialled from " + from.text();
  }

  private List<Candidate> candidates(int endpoint, List<InetAddress> addresses) {
    String tunnel = proxy == null ? null : target.endpoints().get(endpoint).address();
    return from.chosen()
        ? pairs(endpoint, addresses, tunnel)
        : each(endpoint, addresses, tunnel == null ? null : new Via(null, null, 0, tunnel));
  }

  private List<Candidate> each(int endpoint, List<InetAddress> addresses, @Nullable Via via) {
    Candidate[] candidates = new Candidate[addresses.size()];
    for (int i = 0; i < candidates.length; i++) {
      candidates[i] = candidate(endpoint, addresses.get(i), via);
    }
    return List.of(candidates);
  }

  /** The other addresses come before the same ones from another local address. */
  private List<Candidate> pairs(
      int endpoint, List<InetAddress> addresses, @Nullable String tunnel) {
    List<Candidate> candidates = new ArrayList<>();
    for (Via way : from.ways()) {
      Via via = new Via(way.local(), way.networkInterface(), way.path(), tunnel);
      for (InetAddress address : addresses) {
        if (way.reaches(address)) {
          candidates.add(candidate(endpoint, address, via));
        }
      }
    }
    return candidates;
  }

  private Candidate candidate(int endpoint, InetAddress address, @Nullable Via via) {
    return new Candidate(endpoint, new InetSocketAddress(address, dialled(endpoint).port()), via);
  }
}
