package dev.photofinish.socket;

import dev.photofinish.race.Candidate;
import dev.photofinish.race.Rfc6724;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Source(D) of RFC 6724: the system chooses the source when a UDP socket is connected, which sends
 * nothing. Remembered for one race.
 */
final class SourceAddresses implements Rfc6724.SourceAddress {
  private final Map<InetAddress, @Nullable InetAddress> known = new HashMap<>();

  @Override
  public @Nullable InetAddress of(Candidate candidate) {
    InetSocketAddress remote = candidate.remote();
    if (candidate.local() != null) {
      return candidate.local();
    }
    if (!known.containsKey(remote.getAddress())) {
      known.put(remote.getAddress(), learn(remote));
    }
    return known.get(remote.getAddress());
  }

  /** Null when there is no way to {@code remote}: no route, or no such address family. */
  static @Nullable InetAddress learn(InetSocketAddress remote) {
    boolean ipv6 = remote.getAddress().getAddress().length == 16;
    try (DatagramChannel udp =
        DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
      udp.connect(remote);
      return ((InetSocketAddress) udp.getLocalAddress()).getAddress();
    } catch (IOException | RuntimeException e) {
      return null; // whatever it says: this destination cannot be used from here
    }
  }
}
