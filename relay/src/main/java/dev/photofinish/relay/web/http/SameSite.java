package dev.photofinish.relay.web.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells requests of the server's own page from those that other sites make in a visitor's browser.
 *
 * <p>The host that a request names must be an address, {@code localhost} or a configured name: a
 * site whose name was bound to this host's address (DNS rebinding) names itself. An origin, where
 * there is one, must be of the same host; by https too where the server has none, since a reverse
 * proxy may speak TLS in its place.
 */
final class SameSite {
  /** A host, an address in brackets too, and perhaps a port (RFC 3986 section 3.2.2). */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[\\w.~!$&'()*+,;=%-]+)(:\\d*)?");

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

  /**
   * Whether the host that it names is this server.
   *
   * @throws RefusedException where it names none: "A server MUST respond with a 400 (Bad Request)
   *     status code to any HTTP/1.1 request message that lacks a Host header field and to any
   *     request message that contains more than one Host header field line or a Host header field
   *     with an invalid field value" (RFC 9112 section 3.2)
   */
  boolean isForUs(HttpHeaders headers) {
    List<String> fields = headers.getAll(HttpHeaderNames.HOST);
    Matcher field = HOST.matcher(fields.size() == 1 ? fields.get(0) : "");
    if (!field.matches()) {
      throw RefusedException.badRequest("The request must have one Host field, with a host.");
    }
    String host = field.group(1).toLowerCase(Locale.ROOT);
    return names.contains(host)
        || NetUtil.isValidIpV4Address(host)
        || (host.startsWith("[")
            && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1)));
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
