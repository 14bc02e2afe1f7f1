package dev.photofinish.camera.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A program that accepts every connection, never answers and closes when its client does: {@code
 * lab.server().startJava(limit, Acceptor.class, "9000")}. It prints {@value #READY} once it
 * listens, on all addresses of both families.
 */
public final class Acceptor {
  public static final String READY = "listening on";
  private static final int BACKLOG = 4096;

  private Acceptor() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the port
   */
  public static void main(String... arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(port), BACKLOG);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println(READY + " " + port);
      ByteBuffer scratch = ByteBuffer.allocate(4096);
      while (!Thread.interrupted()) {
        selector.select(key -> serve(key, server, scratch));
      }
    }
  }

  private static void serve(SelectionKey key, ServerSocketChannel server, ByteBuffer scratch) {
    try {
      if (key.isAcceptable()) {
        accept(server, key.selector());
      } else if (((SocketChannel) key.channel()).read(scratch.clear()) < 0) {
        key.channel().close();
      }
    } catch (IOException e) {
      close(key);
    }
  }

  private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
    SocketChannel client = server.accept();
    if (client != null) {
      client.configureBlocking(false);
      client.register(selector, SelectionKey.OP_READ);
    }
  }

  /** A client that reset its connection is gone like one that closed it; the listener stays. */
  private static void close(SelectionKey key) {
    if (key.channel() instanceof SocketChannel client) {
      try {
        client.close();
      } catch (IOException e) {
        System.err.println(client + ": " + e.getMessage());
      }
    }
  }
}
