package dev.photofinish.rtp;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts the RTP packets of one source back into the order of their sequence numbers (RFC 3550
 * section 5.1), as they may come otherwise over UDP.
 *
 * <p>A packet that comes in order leaves at once. One that comes early waits for those before it,
 * for at most the window; then these count as lost, and are discarded should they come after all,
 * as duplicates are. A packet that is further ahead than there is room ends the wait of all, and so
 * does one that is as far behind: the source began again.
 *
 * <p>Times are nanoseconds of one ticker, compared by subtraction. Not safe for use by several
 * threads.
 *
 * @param <P> the packets; they belong to the buffer until they are polled or discarded
 */
public final class ReorderBuffer<P> {
  private final long window;
  private final Consumer<? super P> discard;
  private final Queue<P> ready = new ArrayDeque<>();

  /** Those that wait, each at its sequence number modulo the capacity. */
  private final @Nullable P[] waiting;

  private final long[] arrivedAt;
  private int count;
  private int next = -1;

  /**
   * @param capacity how many sequence numbers ahead a packet may be; a power of two up to 32768
   * @param window nanoseconds that a packet may wait for those before it, 0 or more
   * @param discard takes what comes too late, or twice
   */
  @SuppressWarnings("unchecked") // an array of P cannot be made; it never leaves this class
  public ReorderBuffer(int capacity, long window, Consumer<? super P> discard) {
    if (capacity < 1 || capacity > 1 << 15 || Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException(
          "capacity: " + capacity + " is not valid; expected a power of two up to 32768");
    }
    this.window = window;
    this.discard = discard;
    this.waiting = (P[]) new Object[capacity];
    this.arrivedAt = new long[capacity];
  }

  /**
   * Takes a packet over.
   *
   * @param sequence its sequence number, 0 to 65535
   */
  public void add(int sequence, P packet, long now) {
    int ahead = next < 0 ? 0 : (short) (sequence - next);
    if (ahead >= waiting.length || ahead < -waiting.length) {
      release();
      ahead = 0;
    }
    if (ahead == 0) {
      ready.add(packet);
      next = (sequence + 1) & 0xffff;
      releaseNext();
    } else if (ahead < 0 || waiting[slot(sequence)] != null) {
      discard.accept(packet);
    } else {
      waiting[slot(sequence)] = packet;
      arrivedAt[slot(sequence)] = now;
      count++;
    }
  }

  private int slot(int sequence) {
    return sequence & (waiting.length - 1);
  }

  /** What waited for the packet before it. */
  private void releaseNext() {
    for (P packet = take(); packet != null; packet = take()) {
      ready.add(packet);
      next = (next + 1) & 0xffff;
    }
  }

  private @Nullable P take() {
    P packet = waiting[slot(next)];
    if (packet != null) {
      waiting[slot(next)] = null;
      count--;
    }
    return packet;
  }

  /** Gives up what is missing before the first that waits. */
  private void skip() {
    while (waiting[slot(next)] == null) {
      next = (next + 1) & 0xffff;
    }
    releaseNext();
  }

  /** Ends the wait of all, in their order. */
  private void release() {
    while (count > 0) {
      skip();
    }
  }

  /** Another source begins: ends the wait of all, in their order; the next packet is the first. */
  public void restart() {
    release();
    next = -1;
  }

  /** The next packet in order; null when there is none, or it has to wait longer. */
  public @Nullable P poll(long now) {
    while (ready.isEmpty() && count > 0 && now - due() >= 0) {
      skip();
    }
    return ready.poll();
  }

  /** When to {@link #poll} again if no packet comes before; empty when none waits. */
  public OptionalLong deadline() {
    return count == 0 ? OptionalLong.empty() : OptionalLong.of(due());
  }

  /** When the wait of the one that came first is over; one has to wait. */
  private long due() {
    long now = Long.MIN_VALUE;
    boolean found = false;
    for (int i = 0; i < waiting.length; i++) {
      if (waiting[i] != null && (!found || arrivedAt[i] - now < 0)) {
        now = arrivedAt[i];
        found = true;
      }
    }
    return now + window;
  }

  /** Discards all that it has; the next packet is the first. */
  public void clear() {
    ready.forEach(discard);
    ready.clear();
    for (P packet : waiting) {
      if (packet != null) {
        discard.accept(packet);
      }
    }
    Arrays.fill(waiting, null);
    count = 0;
    next = -1;
  }
}
