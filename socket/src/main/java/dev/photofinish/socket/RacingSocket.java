package dev.photofinish.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;

/** A platform socket in all but its connecting, which is a race. */
final class RacingSocket extends Socket {
  private final RacingSocketImpl impl;

  RacingSocket(RacingSocketImpl impl) throws IOException {
    super(impl);
    this.impl = impl;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  /** Names are resolved in the race: the platform's own check would refuse them. */
  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (endpoint instanceof InetSocketAddress address && address.isUnresolved()) {
      InetAddress unknown = InetAddress.getByAddress(address.getHostString(), new byte[4]);
      impl.unresolved(address);
      super.connect(new InetSocketAddress(unknown, address.getPort()), timeout);
    } else {
      super.connect(endpoint, timeout);
    }
  }
}
