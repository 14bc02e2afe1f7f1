package dev.photofinish.camera.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** A socket that is bound and does not listen: the kernel answers with RST. */
final class Refusing implements BadServer {

  private final SocketChannel socket;
  private final InetSocketAddress address;

  Refusing(String address) throws IOException {
    socket = SocketChannel.open().bind(new InetSocketAddress(address, 0));
    this.address = (InetSocketAddress) socket.getLocalAddress();
  }

  @Override
  public InetSocketAddress address() {
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
