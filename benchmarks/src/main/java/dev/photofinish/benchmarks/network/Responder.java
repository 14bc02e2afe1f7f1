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
 * The server that everybody connects to: answers the first bytes of a connection with an empty HTTP
 * response and closes it. Runs as a program in the lab's namespace.
 */
public final class Responder {
  static final String READY = "listening on";
  private static final int BACKLOG = 4096;
  private static final byte[] RESPONSE =
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final ByteBuffer scratch = ByteBuffer.allocate(4096);

  private Responder() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the port
   */
  public static void main(String... arguments) throws IOException {
    new Responder().serve(Integer.parseInt(arguments[0]));
  }

  private void serve(int port) throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(port), BACKLOG);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(READY + " " + port);
      while (!Thread.interrupted()) {
        selector.select(key -> serve(key, server));
      }
    }
  }

  private void serve(SelectionKey key, ServerSocketChannel server) {
    try {
      if (key.isAcceptable()) {
        SocketChannel client = server.accept();
        if (client != null) {
          client.configureBlocking(false);
          client.register(key.selector(), SelectionKey.OP_READ);
        }
      } else {
        respond((SocketChannel) key.channel());
      }
    } catch (IOException e) {
      closeClient(key);
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
}
