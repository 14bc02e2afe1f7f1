package dev.photofinish.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server on loopback that does one thing to every connection, on a thread of its own. */
final class Peer implements AutoCloseable {
  /** The peer's action on a connection, which is closed afterwards. */
  @FunctionalInterface
  interface Action {
    void serve(Socket connection) throws IOException;
  }

  private final ServerSocket listener;
  private final Action action;
  private final List<Socket> accepted = new ArrayList<>();

  Peer(String host, int port, Action action) throws IOException {
    listener = new ServerSocket(port, 1024, InetAddress.getByName(host));
    this.action = action;
    start(this::accept);
  }

  /** Sends back what it is sent, and closes when its client has nothing more to say. */
  static Peer echo(String host, int port) throws IOException {
    return new Peer(host, port, Peer::transfer);
  }

  private static void transfer(Socket connection) throws IOException {
    connection.getInputStream().transferTo(connection.getOutputStream());
  }

  int port() {
    return listener.getLocalPort();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  private static void start(Runnable run) {
    Thread thread = new Thread(run, "peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        synchronized (accepted) {
          accepted.add(connection);
        }
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed: that was all
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      action.serve(connection);
    } catch (IOException e) {
      // a client that is gone is gone
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      synchronized (accepted) {
        for (Socket connection : accepted) {
          connection.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
