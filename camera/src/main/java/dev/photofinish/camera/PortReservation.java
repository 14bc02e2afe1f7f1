package dev.photofinish.camera;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A socket that is bound and never listens. While the camera reboots it keeps the port from being
 * given to another process, and the kernel answers a SYN to it with RST.
 *
 * <p>On Linux two sockets with SO_REUSEADDR may be bound to one port as long as no more than one of
 * them listens.
 */
final class PortReservation implements AutoCloseable {

  private final SocketChannel socket;
  private final InetSocketAddress address;

  private PortReservation(SocketChannel socket) throws IOException {
    this.socket = socket;
    this.address = (InetSocketAddress) socket.getLocalAddress();
  }

  /**
   * @param address port 0 for any free one
   */
  static PortReservation of(InetSocketAddress address) {
    try {
      SocketChannel socket = SocketChannel.open();
      try {
        socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
        return new PortReservation(socket);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot bind " + address + ": " + e.getMessage(), e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
