package dev.photofinish.onvif.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A local address that probes are sent from, and the interface that has it. */
public record ProbeSource(NetworkInterface device, InetAddress address) {

  /** One for each IPv4 address and the first link-local IPv6 address of what is suitable. */
  public static List<ProbeSource> suitable() throws IOException {
    List<ProbeSource> sources = new ArrayList<>();
    for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
      if (isSuitable(device)) {
        sources.addAll(of(device));
      }
    }
    return sources;
  }

  private static boolean isSuitable(NetworkInterface device) {
    try {
      return device.isUp()
          && device.supportsMulticast()
          && !device.isLoopback()
          && !device.isPointToPoint();
    } catch (SocketException e) {
      return false; // it went away
    }
  }

  /** The same of one interface, suitable or not. */
  public static List<ProbeSource> of(NetworkInterface device) {
    List<InetAddress> addresses = device.inetAddresses().toList();
    return Stream.concat(
            addresses.stream().filter(Inet4Address.class::isInstance),
            addresses.stream()
                .filter(Inet6Address.class::isInstance)
                .filter(InetAddress::isLinkLocalAddress)
                .limit(1))
        .map(address -> new ProbeSource(device, address))
        .toList();
  }

  /** Such as {@code eth0 (192.0.2.7)}. */
  @Override
  public String toString() {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return device.getName() + " (" + (zone < 0 ? text : text.substring(0, zone)) + ")";
  }
}
