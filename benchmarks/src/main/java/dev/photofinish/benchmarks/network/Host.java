package dev.photofinish.benchmarks.network;

import java.net.InetAddress;
import java.util.List;

/**
 * Whom everybody connects to.
 *
 * @param addresses as a resolver would have sorted them
 */
record Host(List<InetAddress> addresses, int port) {
  /** The name that the HTTP clients ask their resolvers for. */
  static final String NAME = "lab";

  Host {
    addresses = List.copyOf(addresses);
  }
}
