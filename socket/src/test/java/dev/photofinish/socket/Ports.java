package dev.photofinish.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports that nobody has just now. */
final class Ports {
  private Ports() {}

  static int free(String host) throws IOException {
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return once.getLocalPort();
    }
  }
}
