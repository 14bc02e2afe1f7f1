package dev.photofinish.rtsp.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * The choices by which a group is joined: on which interface, and whose packets to it are taken.
 *
 * @param by name of a network interface; empty for the one that the RTSP connection leaves by
 * @param source the only sender; empty for the one that the camera names, else the camera itself
 */
public record MulticastSettings(Optional<String> by, Optional<InetAddress> source) {

  /**
   * @param local our address of the RTSP connection
   * @throws SocketException if there is no such interface
   */
  NetworkInterface join(InetAddress local) throws SocketException {
    NetworkInterface found =
        by.isPresent()
            ? NetworkInterface.getByName(by.get())
            : NetworkInterface.getByInetAddress(local);
    if (found == null) {
      String asked = by.map(name -> "'" + name + "'").orElse("with " + local.getHostAddress());
      throw new SocketException("there is no network interface " + asked);
    }
    return found;
  }
}
