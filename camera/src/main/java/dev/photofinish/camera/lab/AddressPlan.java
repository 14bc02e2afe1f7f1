package dev.photofinish.camera.lab;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The addresses of a lab: 198.18.n.0/24 (RFC 2544, for benchmarks) and 2001:db8:0:n::/64 (RFC 3849,
 * for documentation), from 198.18.0.0/15 and 2001:db8::/32. Unlike private ones these sort as
 * global addresses do. The client has host number 1, the server 2; from 64 on packets reach the
 * server's side and are dropped there, from 128 on the client has no route.
 *
 * @param lab 0 to 511
 */
record AddressPlan(int lab) {
  static final int LABS = 512;
  private static final int CLIENT = 1;
  private static final int SERVER = 2;
  static final int BLACK_HOLE = 64;
  private static final int UNREACHABLE = 128;

  InetAddress client4() {
    return ip4(CLIENT);
  }

  InetAddress client6() {
    return ip6(CLIENT);
  }

  InetAddress server4() {
    return ip4(SERVER);
  }

  InetAddress server6() {
    return ip6(SERVER);
  }

  InetAddress blackHole4() {
    return ip4(BLACK_HOLE);
  }

  InetAddress blackHole6() {
    return ip6(BLACK_HOLE);
  }

  InetAddress unreachable4() {
    return ip4(UNREACHABLE);
  }

  InetAddress unreachable6() {
    return ip6(UNREACHABLE);
  }

  String blackHoles4() {
    return blackHole4().getHostAddress() + "/26";
  }

  String blackHoles6() {
    return blackHole6().getHostAddress() + "/122";
  }

  String unreachables4() {
    return unreachable4().getHostAddress() + "/26";
  }

  String unreachables6() {
    return unreachable6().getHostAddress() + "/122";
  }

  /** Of a network of more than two, whose hosts end where the black holes begin. */
  InetAddress host4(int host) {
    return ip4(host);
  }

  private InetAddress ip4(int host) {
    return address((byte) 198, (byte) (18 + lab / 256), (byte) lab, (byte) host);
  }

  private InetAddress ip6(int host) {
    byte[] bytes = new byte[16];
    bytes[0] = 0x20;
    bytes[1] = 0x01;
    bytes[2] = 0x0d;
    bytes[3] = (byte) 0xb8;
    bytes[6] = (byte) (lab / 256);
    bytes[7] = (byte) lab;
    bytes[15] = (byte) host;
    return address(bytes);
  }

  private static InetAddress address(byte... bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
