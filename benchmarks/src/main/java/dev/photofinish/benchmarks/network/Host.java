package dev.photofinish.benchmarks.network;

import java.net.InetAddress;
import java.util.List;

/**
 * The host that all clients connect to.
 *
 * @param name which the platform resolves to the addresses too
 * @param addresses as a resolver would have sorted them
 */
record Host(String name, List<InetAddress> addresses, int port) {

  Host {
    addresses = List.copyOf(addresses);
  }
}
