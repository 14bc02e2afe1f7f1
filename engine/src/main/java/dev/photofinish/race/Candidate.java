package dev.photofinish.race;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One socket address that may be dialled.
 *
 * @param endpoint the index, from 0, of the target's endpoint whose name resolved to it
 * @param remote resolved
 * @param local the address to dial from, or null for the system's choice
 */
public record Candidate(int endpoint, InetSocketAddress remote, @Nullable InetAddress local) {

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

  /**
   * What makes two candidates the same dial: the endpoint they came from is not part of it.
   *
   * @param zone of {@code remote}, which Java leaves out when it compares IPv6 addresses; 0 for
   *     none
   */
  record Dial(InetSocketAddress remote, int zone, @Nullable InetAddress local) {
    static Dial of(InetSocketAddress remote, @Nullable InetAddress local) {
      int zone = remote.getAddress() instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
      return new Dial(remote, zone, local);
    }
  }

  Dial dial() {
    return Dial.of(remote, local);
  }

  /** The remote address and port, with {@code from LOCAL} when a local address was asked for. */
  @Override
  public String toString() {
    String text = Addresses.text(remote);
    return local == null ? text : text + " from " + Addresses.text(local);
  }
}
