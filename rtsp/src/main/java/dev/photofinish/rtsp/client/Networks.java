package dev.photofinish.rtsp.client;

import dev.photofinish.connect.Target;
import dev.photofinish.race.Addresses;
import dev.photofinish.retry.EndpointMemory;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.stream.Collectors;

/**
 * Tells local networks apart by the addresses that this host has on them: when they change, what
 * was learnt about a camera is no longer found.
 */
final class Networks {
  private Networks() {}

  static EndpointMemory.Key key(Target target) {
    return new EndpointMemory.Key(target.toString(), present());
  }

  private static String present() {
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
