package dev.photofinish.onvif;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses in URLs of a peer, which no name is looked up for. */
final class NumericHost {
  private static final int PARTS = 4;
  private static final int LARGEST = 255;

  private NumericHost() {}

  /** The address that {@code host} is; empty if it is a name. */
  static Optional<InetAddress> parse(String host) {
    boolean ip6 = host.startsWith("[") && host.endsWith("]");
    if (!ip6 && !isIp4(host)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean isIp4(String host) {
    int parts = 1;
    int value = -1;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c >= '0' && c <= '9') {
        value = Math.max(0, value) * 10 + (c - '0');
      } else if (c == '.' && value >= 0) {
        parts++;
        value = -1;
      } else {
        return false;
      }
      if (value > LARGEST || parts > PARTS) {
        return false;
      }
    }
    return parts == PARTS && value >= 0;
  }

  /** As it stands in a URL: IPv6 in brackets, its zone by number, since a name may not fit. */
  static String inUrl(InetAddress address) {
    if (!(address instanceof Inet6Address ip6)) {
      return address.getHostAddress();
    }
    String text = ip6.getHostAddress();
    int zone = text.indexOf('%');
    String withoutZone = zone < 0 ? text : text.substring(0, zone);
    return "[" + withoutZone + (ip6.getScopeId() > 0 ? "%" + ip6.getScopeId() : "") + "]";
  }
}
