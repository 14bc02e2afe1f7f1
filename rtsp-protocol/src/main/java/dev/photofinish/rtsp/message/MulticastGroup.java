package dev.photofinish.rtsp.message;

import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * The group that the {@code c=} line of an SDP names (RFC 4566 section 5.7), such as {@code IN IP4
 * 239.1.2.3/127} or {@code IN IP6 ff15::101}.
 *
 * @param ttl hops that its packets take, 0 to 255; empty if not said, as with IPv6
 */
public record MulticastGroup(InetAddress address, OptionalInt ttl) {
  private static final int HIGHEST_TTL = 255;

  /**
   * Reads a connection line.
   *
   * @throws RtspFormatException if it names no group
   */
  public static MulticastGroup parse(String connection) throws RtspFormatException {
    int start = connection.lastIndexOf(' ') + 1;
    int slash = connection.indexOf('/', start);
    String address = connection.substring(start, slash < 0 ? connection.length() : slash);
    boolean v6 = address.indexOf(':') >= 0;
    OptionalInt ttl = OptionalInt.empty();
    if (slash >= 0 && !v6) {
      int second = connection.indexOf('/', slash + 1);
      ttl = ttl(connection.substring(slash + 1, second < 0 ? connection.length() : second));
    }
    return new MulticastGroup(address(address, "SDP line c=" + connection), ttl);
  }

  /** A number of hops; empty for anything else. */
  static OptionalInt ttl(String text) {
    OptionalInt ttl = Syntax.unsigned(text.trim());
    return ttl.isPresent() && ttl.getAsInt() <= HIGHEST_TTL ? ttl : OptionalInt.empty();
  }

  /**
   * The address of a group.
   *
   * @param where names its place in the error
   * @throws RtspFormatException if {@code text} is none
   */
  public static InetAddress address(String text, String where) throws RtspFormatException {
    return NumericAddress.parse(text)
        .filter(InetAddress::isMulticastAddress)
        .orElseThrow(
            () -> new RtspFormatException(where, text, "the address of a group, as 239.0.0.1"));
  }
}
