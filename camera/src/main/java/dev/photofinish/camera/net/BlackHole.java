package dev.photofinish.camera.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listening socket whose queue of connections to accept is full.
 *
 * <p>Linux holds up to backlog + 1 established connections for a listener that does not accept;
 * when they are there, further SYNs are dropped without an answer (unless {@code
 * net.ipv4.tcp_abort_on_overflow} is set), which is all that a client can see of a host that is not
 * there. The server fills the queue with connections of its own at the start and never accepts.
 * They go over loopback within microseconds, so one that takes longer shows that the queue is full.
 *
 * <p>Other systems answer a full queue differently; there the start fails.
 */
final class BlackHole implements BadServer {

  private static final int BACKLOG = 1;
  private static final int MOST_FILLERS = 64;
  private static final int FULL_AFTER_MS = 200;

  private final ServerSocket listener;
  private final List<Socket> fillers = new ArrayList<>();

  BlackHole(String address) throws IOException {
    listener = new ServerSocket(0, BACKLOG, InetAddress.getByName(address));
    try {
      fill();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void fill() throws IOException {
    for (int i = 0; i < MOST_FILLERS; i++) {
      Socket filler = new Socket();
      try {
        filler.connect(listener.getLocalSocketAddress(), FULL_AFTER_MS);
        fillers.add(filler);
      } catch (SocketTimeoutException e) {
        filler.close();
        return;
      }
    }
    throw new IOException(
        "the queue of " + address() + " takes " + MOST_FILLERS + " connections and is not full");
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket filler : fillers) {
        filler.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
