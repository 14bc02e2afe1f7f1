package dev.photofinish.connect;

import dev.photofinish.race.Addresses;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Collectors;

/**
 * Tells local networks apart by the addresses that this host has on them: when they change, what
 * was learnt through the old ones is no longer found.
 */
public final class LocalNetwork {
  private LocalNetwork() {}

  /** Names where this host is at present: its addresses, loopback left out. */
  public static String present() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress())
          .map(Addresses::text)
          .sorted()
          .collect(Collectors.joining(","));
    } catch (SocketException e) {
      return "unknown";
    }
  }
}
