package dev.photofinish.race.address;

import static java.util.Comparator.comparingInt;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/** An entry of the default policy table, RFC 6724 section 2.1. */
public final class AddressPolicy {
  /** Longest prefix first, so that the first match is the longest. */
  private static final List<AddressPolicy> TABLE =
      List.of(
              entry("::1", 128, 50, 0),
              entry("::", 0, 40, 1),
              new AddressPolicy(mapped(new byte[4]), 96, 35, 4),
              entry("2002::", 16, 30, 2),
              entry("2001::", 32, 5, 5),
              entry("fc00::", 7, 3, 13),
              entry("::", 96, 1, 3),
              entry("fec0::", 10, 1, 11),
              entry("3ffe::", 16, 1, 12))
          .stream()
          .sorted(comparingInt((AddressPolicy entry) -> entry.prefixLength).reversed())
          .toList();

  private final byte[] prefix;
  private final int prefixLength;
  private final int precedence;
  private final int label;

  private AddressPolicy(byte[] prefix, int prefixLength, int precedence, int label) {
    this.prefix = prefix;
    this.prefixLength = prefixLength;
    this.precedence = precedence;
    this.label = label;
  }

  public int precedence() {
    return precedence;
  }

  public int label() {
    return label;
  }

  /** The entry with the longest prefix that {@code address} has. */
  public static AddressPolicy of(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] ipv6 = address instanceof Inet6Address ? bytes : mapped(bytes);
    return TABLE.stream().filter(entry -> entry.covers(ipv6)).findFirst().orElseThrow();
  }

  private static AddressPolicy entry(String prefix, int length, int precedence, int label) {
    return new AddressPolicy(Addresses.parse(prefix).getAddress(), length, precedence, label);
  }

  /** Section 3.2: IPv4 addresses are looked up as ::ffff:0:0/96. */
  private static byte[] mapped(byte[] ipv4) {
    byte[] ipv6 = new byte[16];
    ipv6[10] = (byte) 0xff;
    ipv6[11] = (byte) 0xff;
    System.arraycopy(ipv4, 0, ipv6, 12, ipv4.length);
    return ipv6;
  }

  private boolean covers(byte[] address) {
    for (int bit = 0; bit < prefixLength; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((prefix[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
