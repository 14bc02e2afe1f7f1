package dev.photofinish.fleet;

import dev.photofinish.connect.TlsSettings;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.rtsp.RtspServerOptions;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.client.Camera;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way in which nodes read cameras from each other: RTSP over TCP at a port of its own, with
 * mutual TLS where the fleet has it.
 *
 * @param server null for none
 * @param identity of this node at both ends; null for none
 */
record Pulling(@Nullable SslContext server, TlsSettings client, @Nullable NodeIdentity identity) {
  /** A node that is asked for a camera it does not hold yet is asked again soon. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "retry-strategy", "exponential-jitter",
          "initial-retry-delay", "100ms",
          "reconnection-timeout", "1s",
          "max-reconnection-attempts", "-1",
          "connection-racing", "none");

  private static final int ANY_PORT = 0;

  /** Every camera of a node may be read by every other node. */
  private static final int MOST_OF_A_NODE = 10_000;

  /**
   * By the files of TLS, if there are any.
   *
   * @param host by which other nodes reach this one
   * @throws InvalidOptionException if the files cannot be used
   */
  static Pulling of(@Nullable FleetTls tls, String host)
      throws IOException, GeneralSecurityException {
    if (tls == null) {
      return new Pulling(null, TlsSettings.systemTrust(), null);
    }
    tls.check(host);
    NodeIdentity identity = new NodeIdentity(tls, host);
    KeyManagerFactory shown = identity.factory();
    return new Pulling(tls.server(shown), tls.client(shown), identity);
  }

  /** Takes a certificate that was renewed; to be called now and then, on one thread. */
  void look() {
    if (identity != null) {
      identity.look(Instant.now());
    }
  }

  /** The camera of another node at a URL. */
  Camera camera(String url) {
    return Camera.of(url, option -> Optional.ofNullable(OPTIONS.get(option))).withTls(client);
  }

  /** Serves other nodes. */
  RtspServer server(Sources held, InetAddress at, Relay relay) throws IOException {
    return RtspServer.builder(held)
        .listen(new InetSocketAddress(at, ANY_PORT))
        .tls(server)
        .eventLoopGroup(relay.eventLoops())
        .options(
            RtspServerOptions.builder().connectionsPerAddress(MOST_OF_A_NODE).udp(false).build())
        .build()
        .start();
  }

  /** Where that server is. */
  static String url(RtspServer server, FleetOptions options) {
    String host = options.host();
    InetSocketAddress at = server.address();
    String authority =
        host.equals(at.getAddress().getHostAddress())
            ? Addresses.text(at)
            : host + ":" + at.getPort();
    return (options.tls() == null ? "rtsp://" : "rtsps://") + authority + "/";
  }
}
