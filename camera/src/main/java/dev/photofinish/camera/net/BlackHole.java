package dev.photofinish.camera.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A listening socket whose queue of connections to accept is full.
 *
 * <p>Linux holds up to backlog + 1 established connections for a listener that does not accept;
 * when they are there, further SYNs are dropped without an answer (unless {@code
 * net.ipv4.tcp_abort_on_overflow} is set), which is all that a client can see of a host that is not
 * there. The server fills the queue with connections of its own at the start and never accepts.
 * They go over loopback within microseconds, so one that takes longer, behind as many as the queue
 * holds, shows that it is full: on a machine that stands still, one alone may be late.
 *
 * <p>Other systems answer a full queue differently; there the start fails.
 */
final class BlackHole implements BadServer {

  private static final int BACKLOG = 1;
  private static final int MOST_FILLERS = 64;
  private static final long FULL_AFTER = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);

  private final ServerSocket listener;
  private final List<SocketChannel> fillers = new ArrayList<>();

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
      SocketChannel filler = SocketChannel.open();
      fillers.add(filler);
      filler.configureBlocking(false);
      filler.connect(listener.getLocalSocketAddress());
      if (isLate(filler) && connected() > BACKLOG) {
        return;
      }
    }
    throw new IOException(
        "the queue of " + address() + " takes " + MOST_FILLERS + " connections and is not full");
  }

  private static boolean isLate(SocketChannel filler) throws IOException {
    long end = System.nanoTime() + FULL_AFTER;
    while (!filler.finishConnect()) {
      if (System.nanoTime() - end >= 0) {
        return true;
      }
      LockSupport.parkNanos(LOOK);
    }
    return false;
  }

  private int connected() throws IOException {
    int connected = 0;
    for (SocketChannel filler : fillers) {
      connected += filler.finishConnect() ? 1 : 0;
    }
    return connected;
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
