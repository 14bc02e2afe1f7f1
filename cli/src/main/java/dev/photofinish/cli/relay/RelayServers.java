package dev.photofinish.cli.relay;

import dev.photofinish.cli.command.UsageException;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.web.WebServer;
import dev.photofinish.rtsp.client.RtspClient;
import dev.photofinish.rtsp.dialogue.server.Access;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A relay and all that serve it, which end together. */
final class RelayServers implements AutoCloseable {
  private final Relay relay;
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private String rtsp = "";
  private @Nullable String rtsps;
  private @Nullable String web;
  private @Nullable ReloadedUsers users;

  private RelayServers(Relay relay) {
    this.relay = relay;
  }

  /**
   * Listens at all addresses; wrong use where that is not safe, or not possible.
   *
   * @param client what the relay's client is made with
   */
  static RelayServers open(RelayOptions options, RtspClient.Builder client) throws SSLException {
    Access access = access(options);
    SslContext tls = tls(options);
    RelayServers all = new RelayServers(Relay.start(client));
    all.users = access instanceof ReloadedUsers file ? file : null;
    try {
      all.rtsp = "rtsp://" + all.rtsp("listen", options.listen(), access, null);
      if (options.rtsps() != null && tls != null) {
        all.rtsps = "rtsps://" + all.rtsp("rtsps", options.rtsps(), access, tls);
      }
      if (options.web() != null) {
        all.web = "http://" + all.web(options.web(), options.recordings().files());
      }
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** Anyone may read on the loopback; elsewhere only users may, unless it is asked for. */
  private static Access access(RelayOptions options) {
    if (options.users() != null) {
      ReloadedUsers users = new ReloadedUsers(options.users());
      checkPage(options);
      return users;
    }
    if (!options.anyone()) {
      checkLoopback("listen", options.listen());
      if (options.rtsps() != null) {
        checkLoopback("rtsps", options.rtsps());
      }
      checkPage(options);
    }
    return Access.open();
  }

  private static void checkPage(RelayOptions options) {
    InetSocketAddress web = options.web();
    if (web != null && !web.getAddress().isLoopbackAddress() && !options.anyone()) {
      throw new UsageException(
          "--web: the page has no logins, and "
              + Addresses.text(web)
              + " is not the loopback; expected a loopback address, or --anyone");
    }
  }

  private static void checkLoopback(String option, InetSocketAddress address) {
    if (!address.getAddress().isLoopbackAddress()) {
      throw new UsageException(
          "--"
              + option
              + ": anyone who reaches "
              + Addresses.text(address)
              + " could read the cameras; expected --users FILE, or --anyone");
    }
  }

  private static @Nullable SslContext tls(RelayOptions options) throws SSLException {
    if (options.rtsps() == null) {
      return null;
    }
    Path certificate = options.certificate();
    Path key = options.key();
    if (certificate == null || key == null) {
      throw new UsageException("--rtsps needs a certificate; expected --certificate and --key");
    }
    try {
      return SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--certificate, --key: " + e.getMessage() + "; expected PEM files", e);
    }
  }

  private String rtsp(
      String option, InetSocketAddress at, Access access, @Nullable SslContext tls) {
    RtspServer server =
        RtspServer.builder(relay)
            .listen(at)
            .access(access)
            .tls(tls)
            .eventLoopGroup(relay.eventLoops())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      throw notFree(option, e);
    }
    closings.push(server::close);
    return Addresses.text(server.address()) + "/";
  }

  private String web(InetSocketAddress at, @Nullable RecordingOptions recordings) {
    WebServer.Builder builder = WebServer.builder(relay).address(at);
    if (recordings != null) {
      builder.recordings(recordings);
    }
    WebServer server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      throw notFree("web", e);
    }
    closings.push(server::close);
    return Addresses.text(server.address()) + "/";
  }

  private static UsageException notFree(String option, IOException e) {
    return new UsageException(
        "--" + option + ": " + e.getMessage() + "; expected a free port, or 0 for any", e);
  }

  Relay relay() {
    return relay;
  }

  /** The users of the file; null where there is none. */
  @Nullable ReloadedUsers users() {
    return users;
  }

  /** Such as {@code rtsp://127.0.0.1:8554/}. */
  String rtsp() {
    return rtsp;
  }

  @Nullable String rtsps() {
    return rtsps;
  }

  @Nullable String web() {
    return web;
  }

  /** In the other order than they were opened. */
  @Override
  public void close() {
    closings.forEach(Runnable::run);
    relay.close();
  }
}
