package dev.photofinish.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many readers of one stream that do as little as readers can: one thread takes what comes and
 * counts it.
 */
final class Readers implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ReceivedPackets received = new ReceivedPackets();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
  private final AtomicInteger ended = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "readers");

  /** Takes what has come. */
  interface Input {
    /** Reads once; false at the end. */
    boolean read(ByteBuffer scratch, ReceivedPackets to) throws IOException;
  }

  private Readers() throws IOException {}

  /** That many readers, all of which play. */
  static Readers start(String url, int count, boolean udp) throws IOException {
    return start(url, 0, count, udp);
  }

  /**
   * The same.
   *
   * @param from the number of the first one, by which its address is chosen
   */
  static Readers start(String url, int from, int count, boolean udp) throws IOException {
    Readers readers = new Readers();
    try {
      for (int i = from; i < from + count; i++) {
        InetAddress address = Handshake.local(i);
        if (udp) {
          UdpReader.start(url, address, readers);
        } else {
          TcpReader.start(url, address, readers);
        }
        if (i == from) {
          readers.thread.start();
        }
      }
      return readers;
    } catch (IOException | RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  /** Is closed with the readers. */
  void owns(AutoCloseable resource) {
    open.add(resource);
  }

  void register(SelectableChannel channel, Input input) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, input);
    selector.wakeup();
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::ready);
        received.publish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (java.nio.channels.ClosedSelectorException e) {
      // The end.
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (!key.isValid() || ((Input) key.attachment()).read(buffer, received)) {
        return;
      }
    } catch (IOException e) {
      // It counts as ended.
    }
    ended.incrementAndGet();
    key.cancel();
  }

  void measure(Latencies latencies) {
    received.measure(latencies);
  }

  Totals totals() {
    return received.totals();
  }

  /** Connections that the server has closed. */
  int ended() {
    return ended.get();
  }

  @Override
  public void close() {
    try {
      selector.close();
      thread.join();
      for (AutoCloseable one : open) {
        one.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
