package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** A blocking socket, dialled by the host's name and used as {@code java.net.Socket} is. */
record PlainSocket(SocketFactory factory, Host host) implements Client {
  static final byte[] REQUEST =
      "GET / HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  @Override
  public void exchange() throws IOException {
    try (Socket socket = factory.createSocket()) {
      socket.connect(new InetSocketAddress(host.name(), host.port()), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      socket.getOutputStream().write(REQUEST);
      if (socket.getInputStream().read() < 0) {
        throw new IOException("closed without a response");
      }
    }
  }

  @Override
  public void close() {}
}
