package dev.photofinish.connect.route;

import dev.photofinish.option.InvalidOptionException;

/**
 * A host and a port to connect to.
 *
 * @param host a name, an IPv4 address, or an IPv6 address with or without zone; an IPv6 address has
 *     no brackets
 * @param port 1 to 65535
 * @param tls whether TLS is spoken on it
 */
public record Endpoint(String host, int port, boolean tls) {
  static final String TLS_SCHEME = "tls://";
  private static final int MAX_PORT = 65535;

  public Endpoint {
    HostSyntax.check(host);
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidOptionException("port", port, "a port from 1 to " + MAX_PORT);
    }
  }

  public Endpoint(String host, int port) {
    this(host, port, false);
  }

  /** {@code host:port} or {@code [IPv6]:port}, with TLS or without. */
  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /** {@code host:port}, {@code [IPv6]:port}, or either after {@code tls://}. */
  @Override
  public String toString() {
    return (tls ? TLS_SCHEME : "") + address();
  }
}
