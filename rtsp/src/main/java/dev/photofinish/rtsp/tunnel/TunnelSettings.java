package dev.photofinish.rtsp.tunnel;

import dev.photofinish.rtsp.message.AuthenticationScheme;
import dev.photofinish.rtsp.message.Credentials;
import dev.photofinish.rtsp.message.RtspUrl;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one connection's tunnel.
 *
 * @param url of the stream: host and port are the tunnel's too
 * @param path and query that HTTP asks for; empty for those of the stream
 * @param credentials null where none may be sent to this host
 * @param scheme by which the credentials are shown
 * @param timeout for all that comes before the tunnel is open
 */
public record TunnelSettings(
    TunnelKind kind,
    RtspUrl url,
    String path,
    @Nullable Credentials credentials,
    AuthenticationScheme scheme,
    String userAgent,
    Duration timeout) {

  /** The target of the HTTP requests. */
  String target() {
    String target = path.isEmpty() ? url.target() : path;
    return target.startsWith("/") ? target : "/" + target;
  }

  /** The value of {@code Host}: an IPv6 address in brackets, without its zone. */
  String host() {
    String host = url.host();
    if (host.indexOf(':') >= 0) {
      int zone = host.indexOf('%');
      host = "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
    }
    return host + ":" + url.port();
  }
}
