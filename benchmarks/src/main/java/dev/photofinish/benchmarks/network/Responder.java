package dev.photofinish.benchmarks.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The server that all clients connect to: answers the first bytes of a connection with an empty
 * HTTP response and closes it. Runs on a thread, or as a program in the lab's namespace.
 */
public final class Responder implements Runnable, AutoCloseable {
  static final String READY = "listening on";
  private static final int BACKLOG = 4096;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer scratch = ByteBuffer.allocate(4096);
  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();

  /** Listens on all addresses of both families; on any free port for 0. */
  public Responder(int port) throws IOException {
    server.bind(new InetSocketAddress(port), BACKLOG);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments the port
   */
  public static void main(String... arguments) throws IOException {
    try (Responder responder = new Responder(Integer.parseInt(arguments[0]))) {
      System.out.println(READY + " " + responder.port());
      responder.run();
    }
  }

  public int port() {
    return server.socket().getLocalPort();
  }

  /** Serves until it is closed. */
  @Override
  public void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve);
      }
    } catch (IOException e) {
      System.err.println(server + ": " + e.getMessage());
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        respond((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      closeClient(key);
    }
  }

  private void accept() throws IOException {
    SocketChannel client = server.accept();
    if (client != null) {
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
    }
  }

  /** What comes after the first bytes is read to the end, so that the close is no reset. */
  private void respond(SocketChannel client) throws IOException {
    if (client.read(scratch.clear()) < 0) {
      client.close();
    } else if (!client.socket().isOutputShutdown()) {
      client.write(ByteBuffer.wrap(RESPONSE));
      client.shutdownOutput();
    }
  }

  private static void closeClient(SelectionKey key) {
    if (key.channel() instanceof SocketChannel client) {
      try {
        client.close();
      } catch (IOException e) {
        System.err.println(client + ": " + e.getMessage());
      }
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    server.close();
  }
}
