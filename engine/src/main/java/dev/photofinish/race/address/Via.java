package dev.photofinish.race.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The way that a candidate is dialled, where that is not left to the system.
 *
 * @param local the address to dial from, null for the system's choice
 * @param networkInterface the interface that has {@code local}, as far as known
 * @param path tells the ways out of this host apart, from 0, the preferred one first: addresses of
 *     one interface are on one path
 * @param tunnel {@code host:port} that a proxy at the candidate's remote address is asked for; null
 *     when the remote address is the destination itself
 */
public record Via(
    @Nullable InetAddress local,
    @Nullable String networkInterface,
    int path,
    @Nullable String tunnel) {

  /** From {@code local}. */
  public static Via from(InetAddress local, @Nullable String networkInterface, int path) {
    return new Via(local, networkInterface, path, null);
  }

  /**
   * Whether packets from the local address may be for {@code remote}: both are of one family and,
   * as RFC 6724 section 3.1 has it, of one scope, and in one zone where both name one. What is on
   * this host is reached from any of its addresses.
   */
  public boolean reaches(InetAddress remote) {
    if (local == null) {
      return true;
    }
    if (Family.of(local) != Family.of(remote)) {
      return false;
    }
    if (remote.isLoopbackAddress() || local.isLoopbackAddress()) {
      return remote.isLoopbackAddress();
    }
    return AddressScope.of(local) == AddressScope.of(remote) && inOneZone(local, remote);
  }

  private static boolean inOneZone(InetAddress local, InetAddress remote) {
    int from = zone(local);
    int to = zone(remote);
    return from == 0 || to == 0 || from == to;
  }

  private static int zone(InetAddress address) {
    return address instanceof Inet6Address ipv6 && ipv6.isLinkLocalAddress()
        ? ipv6.getScopeId()
        : 0;
  }

  /** What tells dials apart: an address may be on another interface tomorrow. */
  Via alone() {
    return new Via(local, null, 0, tunnel);
  }

  /** Such as {@code from 192.0.2.9 (eth0) for camera.example:554}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(48);
    if (local != null) {
      text.append("from ").append(Addresses.text(local));
      if (networkInterface != null) {
        text.append(" (").append(networkInterface).append(')');
      }
    }
    if (tunnel != null) {
      text.append(local == null ? "for " : " for ").append(tunnel);
    }
    return text.toString();
  }
}
