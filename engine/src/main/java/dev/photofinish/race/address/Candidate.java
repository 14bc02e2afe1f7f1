package dev.photofinish.race.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One socket address that may be dialled.
 *
 * @param endpoint the index, from 0, of the target's endpoint whose name resolved to it
 * @param remote resolved; a proxy's address where {@code via} has a tunnel
 * @param via where it is dialled from and what it leads to, or null for the system's choice and the
 *     remote address itself
 */
public record Candidate(int endpoint, InetSocketAddress remote, @Nullable Via via) {

  public Candidate {
    if (endpoint < 0) {
      throw new IllegalArgumentException(
          "endpoint: " + endpoint + " is not valid; expected 0 or more");
    }
    if (remote.isUnresolved()) {
      throw new IllegalArgumentException(
          "remote: " + remote + " is not resolved; expected a socket address");
    }
  }

  public Candidate(InetSocketAddress remote) {
    this(0, remote, null);
  }

  public Family family() {
    return Family.of(remote.getAddress());
  }

  /** The address to dial from, or null for the system's choice. */
  public @Nullable InetAddress local() {
    return via == null ? null : via.local();
  }

  int path() {
    return via == null ? 0 : via.path();
  }

  /**
   * The identity of a dial, by which two candidates are the same: the endpoint they came from is
   * not part of it.
   *
   * @param zone of {@code remote}, which Java leaves out when it compares IPv6 addresses; 0 for
   *     none
   * @param via the local address and the tunnel alone
   */
  public record Dial(InetSocketAddress remote, int zone, @Nullable Via via) {
    static Dial of(InetSocketAddress remote, @Nullable Via via) {
      int zone = remote.getAddress() instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
      return new Dial(remote, zone, via == null ? null : via.alone());
    }

    public static Dial from(InetSocketAddress remote, @Nullable InetAddress local) {
      return of(remote, local == null ? null : Via.from(local, null, 0));
    }

    @Nullable
    public InetAddress local() {
      return via == null ? null : via.local();
    }

    public boolean isTunnelled() {
      return via != null && via.tunnel() != null;
    }
  }

  public Dial dial() {
    return Dial.of(remote, via);
  }

  /** The remote address and port, then {@link Via} where there is one. */
  @Override
  public String toString() {
    String text = Addresses.text(remote);
    return via == null ? text : text + " " + via;
  }
}
