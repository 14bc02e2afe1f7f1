package dev.photofinish.relay.rtsp;

import dev.photofinish.relay.limit.SourceAddress;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tunnels whose POST has not come yet, by the cookie that both of their connections carry; each
 * has an open connection, which bounds them. Any thread uses it.
 */
final class Tunnels {
  private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

  private record Waiting(@Nullable InetAddress from, TunnelGet input) {}

  /** A GET came; false if its cookie is another's. */
  boolean open(String cookie, Channel get, TunnelGet input) {
    var tunnel = new Waiting(SourceAddress.of(get), input);
    if (waiting.putIfAbsent(cookie, tunnel) != null) {
      return false;
    }
    get.closeFuture().addListener(closed -> waiting.remove(cookie, tunnel));
    return true;
  }

  /**
   * The input of the tunnel that a POST completes: one of the same source address, so that a cookie
   * is of no use elsewhere; once.
   */
  Optional<TunnelGet> join(String cookie, Channel post) {
    Waiting tunnel = waiting.get(cookie);
    return tunnel != null
            && Objects.equals(tunnel.from, SourceAddress.of(post))
            && waiting.remove(cookie, tunnel)
        ? Optional.of(tunnel.input)
        : Optional.empty();
  }
}
