package dev.photofinish.race.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Address scopes: RFC 6724 section 3.1, numbered as in multicast addresses (RFC 4291). */
public final class AddressScope {
  static final int LINK_LOCAL = 0x2;
  static final int SITE_LOCAL = 0x5;
  static final int GLOBAL = 0xe;

  private AddressScope() {}

  /** Section 3.2: IPv4 is link-local in 169.254/16 and 127/8, else global, private use included. */
  public static int of(InetAddress address) {
    if (address.isMulticastAddress() && address instanceof Inet6Address) {
      return address.getAddress()[1] & 0xf;
    }
    if (address.isLoopbackAddress() || address.isLinkLocalAddress()) {
      return LINK_LOCAL;
    }
    return address.isSiteLocalAddress() && address instanceof Inet6Address ? SITE_LOCAL : GLOBAL;
  }
}
