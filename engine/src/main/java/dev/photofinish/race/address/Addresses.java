package dev.photofinish.race.address;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Numeric addresses as text: IPv6 in the canonical form of RFC 5952. */
public final class Addresses {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** Before its first colon it has none, so that a server's text is read once. */
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*(%[\\w.-]+)?");

  private static final int GROUPS = 8;

  private Addresses() {}

  /** {@code 192.0.2.1:554} or {@code [2001:db8::1]:554}. */
  public static String text(InetSocketAddress address) {
    String host = address.isUnresolved() ? address.getHostString() : text(address.getAddress());
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** {@code 192.0.2.1}, {@code 2001:db8::1} or {@code fe80::1%eth0}. */
  public static String text(InetAddress address) {
    if (!(address instanceof Inet6Address ipv6)) {
      return address.getHostAddress();
    }
    String zone = "";
    if (ipv6.getScopedInterface() != null) {
      zone = "%" + ipv6.getScopedInterface().getName();
    } else if (ipv6.getScopeId() != 0) {
      zone = "%" + ipv6.getScopeId();
    }
    return canonical(ipv6.getAddress()) + zone;
  }

  /**
   * Whether {@code host} is a numeric address, with or without a zone, and so is never resolved.
   */
  public static boolean isNumeric(String host) {
    return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  /**
   * A numeric address; a name is an error, it is never looked up.
   *
   * @throws IllegalArgumentException if it is no address, or its zone names no interface of this
   *     host
   */
  public static InetAddress parse(String numeric) {
    if (!isNumeric(numeric)) {
      throw new IllegalArgumentException(
          "'"
              + numeric
              + "' is not a numeric address; expected one such as 192.0.2.1 or 2001:db8::1");
    }
    try {
      return InetAddress.getByName(numeric);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'" + numeric + "' is not an address of this host's world: " + e.getMessage(), e);
    }
  }

  private static String canonical(byte[] bytes) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int longest = -1;
    int length = 1; // RFC 5952 section 4.2.2: a single zero group is not shortened
    for (int i = 0; i < GROUPS; i++) {
      int run = zeroRun(groups, i);
      if (run > length) {
        longest = i;
        length = run;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == longest) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (i > 0 && text.charAt(text.length() - 1) != ':') {
        text.append(':');
      }
      text.append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }

  private static int zeroRun(int[] groups, int from) {
    int run = 0;
    while (from + run < GROUPS && groups[from + run] == 0) {
      run++;
    }
    return run;
  }
}
