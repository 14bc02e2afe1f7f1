package dev.photofinish.connect.route;

import dev.photofinish.option.InvalidOptionException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The target of a race: one or more endpoints in order of preference, any of which will do.
 *
 * @param endpoints at least one, at most {@value #MAX_ENDPOINTS}
 */
public record Target(List<Endpoint> endpoints) {
  private static final int MAX_ENDPOINTS = 64;
  private static final String EXPECTED =
      "host:port, [IPv6]:port or tls://host:port, several separated by ','";

  public Target {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty() || endpoints.size() > MAX_ENDPOINTS) {
      throw new InvalidOptionException(
          "target", endpoints.size() + " endpoints", "1 to " + MAX_ENDPOINTS + " endpoints");
    }
  }

  public static Target of(Endpoint... endpoints) {
    return new Target(List.of(endpoints));
  }

  /**
   * Reads {@code host:port}, {@code [IPv6]:port}, {@code [IPv6%zone]:port}, each possibly after
   * {@code tls://}; several are separated by commas.
   *
   * @throws InvalidOptionException says which part is wrong and what it should be
   */
  public static Target parse(String text) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      endpoints.add(parseEndpoint(part.strip()));
    }
    return new Target(endpoints);
  }

  private static Endpoint parseEndpoint(String text) {
    if (text.indexOf('@') >= 0) {
      // What stands before it may be a password: the value is not repeated.
      throw new InvalidOptionException(
          "target", "...@...", EXPECTED + ", without user or password");
    }
    boolean tls = text.regionMatches(true, 0, Endpoint.TLS_SCHEME, 0, Endpoint.TLS_SCHEME.length());
    String rest = tls ? text.substring(Endpoint.TLS_SCHEME.length()) : text;
    int colon = rest.lastIndexOf(':');
    if (colon <= 0 || rest.contains("://")) {
      throw new InvalidOptionException("target", text, EXPECTED);
    }
    return endpoint(text, rest.substring(0, colon), rest.substring(colon + 1), tls);
  }

  private static Endpoint endpoint(String text, String host, String port, boolean tls) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String bare = bracketed ? host.substring(1, host.length() - 1) : host;
    if (bracketed != bare.indexOf(':') >= 0) {
      throw new InvalidOptionException(
          "target", text, EXPECTED + "; brackets go around an IPv6 address and nothing else");
    }
    try {
      return new Endpoint(bare, port(port), tls);
    } catch (InvalidOptionException e) {
      throw (InvalidOptionException)
          new InvalidOptionException("target", text, EXPECTED + " (" + e.getMessage() + ")")
              .initCause(e);
    }
  }

  private static int port(String text) {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 5) {
      throw new InvalidOptionException("port", text, "a port from 1 to 65535");
    }
    return Integer.parseInt(text);
  }

  /** The endpoints as {@link #parse} reads them. */
  @Override
  public String toString() {
    return endpoints.size() == 1
        ? endpoints.get(0).toString()
        : endpoints.stream().map(Endpoint::toString).collect(Collectors.joining(","));
  }
}
