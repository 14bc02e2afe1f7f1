package dev.photofinish.relay.web.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tells requests of the server's own page from those that other sites make in a visitor's browser.
 *
 * <p>The host that a request names must be an address, {@code localhost} or a configured name: a
 * site whose name was bound to this host's address (DNS rebinding) names itself. An origin, where
 * there is one, must be of the same host; by https too where the server has none, since a reverse
 * proxy may speak TLS in its place.
 */
final class SameSite {
  private static final Set<String> OWN = Set.of("same-origin", "none");

  private final Set<String> names = new HashSet<>(Set.of("localhost"));

  /**
   * @param names of this server, without port
   */
  SameSite(Set<String> names) {
    for (String name : names) {
      this.names.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** Whether the host that it names is this server. */
  boolean isForUs(HttpHeaders headers) {
    if (headers.getAll(HttpHeaderNames.HOST).size() != 1) {
      return false;
    }
    String host = withoutPort(headers.get(HttpHeaderNames.HOST).toLowerCase(Locale.ROOT));
    return names.contains(host)
        || NetUtil.isValidIpV4Address(host)
        || (host.startsWith("[")
            && host.endsWith("]")
            && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1)));
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  /** Whether it may come from a page of another site. */
  boolean isFromElsewhere(HttpHeaders headers, boolean secure) {
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !OWN.contains(site)) {
      return true;
    }
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    String host = headers.get(HttpHeaderNames.HOST);
    return origin != null
        && !origin.equalsIgnoreCase("https://" + host)
        && (secure || !origin.equalsIgnoreCase("http://" + host));
  }
}
