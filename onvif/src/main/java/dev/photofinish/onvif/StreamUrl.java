package dev.photofinish.onvif;

import java.util.Locale;
import java.util.Optional;

/**
 * A stream URL as a camera gives it, without user and password. It is no {@link java.net.URI}:
 * cameras put characters into queries that a URI must not have. A blank is written {@code %20}.
 *
 * @param host as it stands in the URL
 */
record StreamUrl(String text, String host) {
  private static final int LONGEST = 2048;

  /** Reads an rtsp or rtsps URL; empty if it is none. */
  static Optional<StreamUrl> parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean rtsp = lower.startsWith("rtsp://") || lower.startsWith("rtsps://");
    if (!rtsp || text.length() > LONGEST || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return Optional.empty();
    }
    int authority = text.indexOf("://") + "://".length();
    int path = authority;
    while (path < text.length() && "/?#".indexOf(text.charAt(path)) < 0) {
      path++;
    }
    String hostAndPort = text.substring(text.lastIndexOf('@', path - 1) + 1, path);
    if (text.lastIndexOf('@', path - 1) < authority) {
      hostAndPort = text.substring(authority, path);
    }
    String host = withoutPort(hostAndPort);
    if (host.isEmpty() || hostAndPort.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    String target = text.substring(path).replace(" ", "%20");
    return Optional.of(new StreamUrl(text.substring(0, authority) + hostAndPort + target, host));
  }

  private static String withoutPort(String hostAndPort) {
    int bracket = hostAndPort.lastIndexOf(']');
    int colon = hostAndPort.indexOf(':', Math.max(0, bracket));
    return colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
  }
}
