package dev.photofinish.relay.limit;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The address that a connection comes from, as limits and log lines name it. */
public final class SourceAddress {
  private static final int NETWORK_BYTES = 8;

  private SourceAddress() {}

  /** The part of it that limits count by; null where the connection is not of IP. */
  public static @Nullable InetAddress of(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? of(remote.getAddress())
        : null;
  }

  /** Human-readable, such as {@code 192.0.2.1:51234}. */
  public static String text(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        ? NetUtil.toSocketAddressString(remote)
        : String.valueOf(channel.remoteAddress());
  }

  /** The address; of IPv6 the {@code /64} that a host has. */
  public static InetAddress of(InetAddress address) {
    if (!(address instanceof Inet6Address) || address.isLoopbackAddress()) {
      return address;
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // of 16 bytes
    }
  }
}
