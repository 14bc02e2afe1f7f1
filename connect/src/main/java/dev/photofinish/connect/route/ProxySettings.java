package dev.photofinish.connect.route;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.option.Option;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A proxy to go through. A race dials the proxy's addresses; the proxy resolves the target's name
 * and connects to it.
 *
 * @param kind its protocol
 * @param address its host and port; TLS to the proxy itself is not supported
 * @param user null for none
 * @param password null for none; never shown
 */
public record ProxySettings(
    Kind kind, Endpoint address, @Nullable String user, @Nullable String password) {
  static final String EXPECTED =
      "http://[user:password@]host:port or socks5://[user:password@]host:port";
  private static final int SOCKS_MAX_BYTES = 255;

  /** The protocols of proxies. */
  public enum Kind {
    /** HTTP CONNECT (RFC 9110 section 9.3.6), Basic authentication. */
    HTTP,
    /** SOCKS version 5 (RFC 1928), authentication as in RFC 1929. */
    SOCKS5
  }

  /** Checks that the credentials are ones that the protocol can carry. */
  public ProxySettings {
    if (address.tls()) {
      throw invalid(address.toString());
    }
    if ((user == null) != (password == null)) {
      throw new InvalidOptionException("proxy", address, "both user and password, or neither");
    }
    if (user != null && password != null && !canCarry(kind, user, password)) {
      throw new InvalidOptionException(
          "proxy",
          address,
          kind == Kind.HTTP
              ? "a user without ':'"
              : "a user and a password of 1 to " + SOCKS_MAX_BYTES + " bytes");
    }
  }

  private static boolean canCarry(Kind kind, String user, String password) {
    return kind == Kind.HTTP
        ? user.indexOf(':') < 0 // RFC 7617 section 2
        : fitsSocks(user) && fitsSocks(password); // RFC 1929 section 2
  }

  private static boolean fitsSocks(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= 1 && bytes <= SOCKS_MAX_BYTES;
  }

  public static ProxySettings http(String host, int port) {
    return new ProxySettings(Kind.HTTP, new Endpoint(host, port), null, null);
  }

  public static ProxySettings socks5(String host, int port) {
    return new ProxySettings(Kind.SOCKS5, new Endpoint(host, port), null, null);
  }

  public ProxySettings withCredentials(String newUser, String newPassword) {
    return new ProxySettings(kind, address, newUser, newPassword);
  }

  /**
   * Reads {@code http://host:port} or {@code socks5://host:port}, with {@code user:password@}
   * before the host if need be; what is special in a URL is written with percent signs.
   *
   * @throws InvalidOptionException says what was expected; it shows neither user nor password
   */
  public static ProxySettings parse(String text) {
    int scheme = text.indexOf("://");
    if (scheme < 0) {
      throw invalid(text);
    }
    Kind kind = kind(text, scheme);
    String rest = text.substring(scheme + "://".length());
    int at = rest.lastIndexOf('@');
    ProxySettings proxy = new ProxySettings(kind, endpoint(text, rest, at), null, null);
    return at < 0 ? proxy : credentials(proxy, text, rest.substring(0, at));
  }

  /** With an @ behind it, what looks like the scheme may be a part of user or password. */
  private static Kind kind(String text, int scheme) {
    try {
      return Option.parseWord("proxy", text.substring(0, scheme), Kind.class);
    } catch (InvalidOptionException e) {
      throw text.indexOf('@') < 0 ? e : invalid(text); // without the word as its cause
    }
  }

  private static Endpoint endpoint(String text, String rest, int at) {
    String address = rest.substring(at + 1);
    try {
      Target target = Target.parse(address.endsWith("/") ? chopped(address) : address);
      if (target.endpoints().size() == 1) {
        return target.endpoints().get(0);
      }
    } catch (InvalidOptionException e) {
      throw (InvalidOptionException) invalid(text).initCause(e);
    }
    throw invalid(text);
  }

  private static String chopped(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static ProxySettings credentials(ProxySettings proxy, String text, String userInfo) {
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw invalid(text);
    }
    try {
      return proxy.withCredentials(
          decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    } catch (InvalidOptionException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw invalid(text); // the decoder's message repeats a part of the password
    }
  }

  /** Percent signs only: a plus sign is one. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static InvalidOptionException invalid(String text) {
    return new InvalidOptionException("proxy", shown(text), EXPECTED);
  }

  /** Nothing before an @ is repeated. */
  private static String shown(String text) {
    int at = text.lastIndexOf('@');
    return at < 0 ? text : "..." + text.substring(at);
  }

  /** {@code socks5://host:port}, without user and password. */
  @Override
  public String toString() {
    return Option.word(kind) + "://" + address;
  }
}
