package dev.photofinish.connect;

import dev.photofinish.connect.route.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A listener whose queue is full, so that the kernel drops every further SYN. */
final class BlackHole implements AutoCloseable {
  private static final int BACKLOG = 1;
  private static final int MORE_THAN_THE_QUEUE = 4;

  private final ServerSocket listener;
  private final List<SocketChannel> fillers = new ArrayList<>();

  BlackHole(String host) {
    this(host, 0);
  }

  BlackHole(String host, int port) {
    try {
      InetAddress address = InetAddress.getByName(host);
      listener = new ServerSocket(port, BACKLOG, address);
      for (int i = 0; i < MORE_THAN_THE_QUEUE; i++) {
        SocketChannel filler = SocketChannel.open();
        filler.configureBlocking(false);
        filler.connect(new InetSocketAddress(address, listener.getLocalPort()));
        fillers.add(filler);
      }
      Eventually.holds("the queue is full", () -> connected() > BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int connected() {
    try {
      int connected = 0;
      for (SocketChannel filler : fillers) {
        connected += filler.finishConnect() ? 1 : 0;
      }
      return connected;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Endpoint endpoint() {
    return new Endpoint(listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  @Override
  public void close() {
    try {
      for (SocketChannel filler : fillers) {
        filler.close();
      }
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
