package dev.photofinish.host;

import dev.photofinish.race.Rfc6724;
import dev.photofinish.race.address.Candidate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The source address that the system would use for a destination, learned from its routing table by
 * connecting a UDP socket, which sends nothing. Remembered for one race, on whose thread it is
 * used.
 */
public final class SourceAddresses implements Rfc6724.SourceAddress {
  private @Nullable Map<InetAddress, @Nullable InetAddress> known;

  /** Those of the race that begins. */
  public SourceAddresses() {}

  @Override
  public @Nullable InetAddress of(Candidate candidate) {
    InetAddress local = candidate.local();
    if (local != null) {
      return local;
    }
    if (known == null) {
      known = new HashMap<>();
    }
    InetAddress remote = candidate.remote().getAddress();
    if (!known.containsKey(remote)) {
      known.put(remote, learn(candidate.remote()));
    }
    return known.get(remote);
  }

  /** Null when there is no way to {@code remote}: no route, or no such address family. */
  public static @Nullable InetAddress learn(InetSocketAddress remote) {
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
