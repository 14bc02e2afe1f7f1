package dev.photofinish.benchmarks.relay;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Counts the packets of all readers that one thread receives for. */
final class ReceivedPackets {
  private volatile @Nullable Latencies latencies;
  private volatile long bytes;
  private volatile long packets;
  private volatile long lost;

  private long newBytes;
  private long newPackets;
  private long newLost;

  /** The order of one reader's packets. */
  static final class Order {
    private int next = -1;
  }

  /** Measures from now on with these. */
  void measure(@Nullable Latencies with) {
    latencies = with;
  }

  /**
   * An RTP packet that came.
   *
   * @param at its first byte
   * @param now when it came, of {@link System#nanoTime}
   */
  void packet(ByteBuffer in, int at, int length, Order order, long now) {
    int sequence = in.getShort(at + 2) & 0xffff;
    if (order.next >= 0 && sequence != order.next) {
      newLost += sequence - order.next & 0xffff;
    }
    order.next = sequence + 1 & 0xffff;
    newBytes += length;
    newPackets++;
    Latencies to = latencies;
    if (to != null) {
      long sent = Stamp.of(in, at, length);
      if (sent >= 0) {
        to.add(now - sent);
      }
    }
  }

  /** Shows what was counted to other threads. */
  void publish() {
    bytes = newBytes;
    packets = newPackets;
    lost = newLost;
  }

  Totals totals() {
    return new Totals(bytes, packets, lost);
  }
}
