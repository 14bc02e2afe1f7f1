package dev.photofinish.connect.route;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Addresses;

/** The syntax of hosts: names and addresses. */
final class HostSyntax {
  private static final int MAX_LENGTH = 253; // RFC 1035 section 2.3.4, without the root's dot
  private static final String EXPECTED =
      "a host name, or an address such as 192.0.2.1, 2001:db8::1 or fe80::1%eth0";

  private HostSyntax() {}

  static void check(String host) {
    if (host.indexOf('@') >= 0) {
      // What stands before it may be a password: the value is not repeated.
      throw new InvalidOptionException("host", "...", "a host without user and password");
    }
    if (host.isEmpty() || host.length() > MAX_LENGTH + 1 || !isPlausible(host)) {
      throw new InvalidOptionException("host", host, EXPECTED);
    }
  }

  private static boolean isPlausible(String host) {
    if (host.indexOf(':') >= 0 || looksLikeIpv4(host)) {
      return Addresses.isNumeric(host);
    }
    return host.chars().allMatch(HostSyntax::mayStandInName)
        && host.charAt(0) != '.'
        && !host.contains("..");
  }

  /** A name's last label is never a number (RFC 3696 section 2), so this must be an address. */
  private static boolean looksLikeIpv4(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean mayStandInName(int c) {
    return c > ' ' && c != 0x7f && "/\\[]%?#\"'<>,;()".indexOf(c) < 0;
  }
}
