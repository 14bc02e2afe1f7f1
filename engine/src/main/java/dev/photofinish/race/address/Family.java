package dev.photofinish.race.address;

import java.net.Inet6Address;
import java.net.InetAddress;

/** An address family. RFC 8305 section 3: each is asked for, and answers, on its own. */
public enum Family {
  IPV6,
  IPV4;

  public static Family of(InetAddress address) {
    return address instanceof Inet6Address ? IPV6 : IPV4;
  }
}
