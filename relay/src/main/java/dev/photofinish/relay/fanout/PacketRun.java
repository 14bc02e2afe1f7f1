package dev.photofinish.relay.fanout;

import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The packets of a picture that is not complete, in order, with a reference to each; of more than
 * so many bytes the oldest go.
 *
 * <p>Not safe for use by several threads.
 */
final class PacketRun<P extends ReferenceCounted> {
  /** More than a depacketizer puts together. */
  private static final int MOST_BYTES = 17 << 20;

  private final Deque<P> packets = new ArrayDeque<>();
  private final ToLongFunction<P> timestamp;
  private final ToIntFunction<P> length;
  private int bytes;

  PacketRun(ToLongFunction<P> timestamp, ToIntFunction<P> length) {
    this.timestamp = timestamp;
    this.length = length;
  }

  /** Takes a packet and a reference to it. */
  void add(P packet) {
    packets.add(packet);
    bytes += length.applyAsInt(packet);
    while (bytes > MOST_BYTES) {
      removeOldest();
    }
  }

  /** All, which stay here. */
  List<P> all() {
    return List.copyOf(packets);
  }

  /** Lets go those before the first one of this timestamp; all, if there is none. */
  void dropBefore(long of) {
    while (!packets.isEmpty() && timestamp.applyAsLong(packets.element()) != of) {
      removeOldest();
    }
  }

  /** Lets go those up to the last one of this timestamp; none, if there is none. */
  void dropThrough(long of) {
    int last = packets.size();
    Iterator<P> latest = packets.descendingIterator(); // mostly it is the latest
    while (latest.hasNext() && timestamp.applyAsLong(latest.next()) != of) {
      last--;
    }
    for (int i = 0; i < last; i++) {
      removeOldest();
    }
  }

  void clear() {
    while (!packets.isEmpty()) {
      removeOldest();
    }
  }

  private void removeOldest() {
    P oldest = packets.remove();
    bytes -= length.applyAsInt(oldest);
    oldest.release();
  }
}
