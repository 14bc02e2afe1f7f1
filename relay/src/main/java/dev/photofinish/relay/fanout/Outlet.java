package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.TrackStart;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The readers of a source on one event loop. What the source sends goes to the loop once, however
 * many readers there are, and is flushed once for all that came together.
 *
 * <p>Its methods are called on the source's event loop, in order.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  /** Beyond this the loop cannot keep up, and packets are dropped for all its readers. */
  private static final int MOST_WAITING = 16_384;

  private final EventLoop loop;
  private final Queue<OutletItem> items = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<ReaderSlot> slots = new CopyOnWriteArrayList<>();
  private long missed;

  Outlet(EventLoop loop) {
    this.loop = loop;
  }

  boolean isEmpty() {
    return slots.isEmpty();
  }

  void add(ReaderSlot slot) {
    slots.add(slot);
  }

  void remove(ReaderSlot slot) {
    slots.remove(slot);
  }

  /** A packet; takes a reference of its own. */
  void packet(OutgoingPacket packet, int video) {
    boolean full = waiting.get() >= (missed > 0 ? MOST_WAITING / 2 : MOST_WAITING);
    if (full || (missed > 0 && video >= 0)) {
      missed++;
      return;
    }
    sayMissed();
    offer(new OutletItem.Packet(packet.retain(), video));
  }

  /** A key frame; takes references of its own. */
  void keyFrame(List<OutgoingPacket> packets, int video) {
    if (waiting.get() >= MOST_WAITING) {
      return;
    }
    sayMissed();
    packets.forEach(OutgoingPacket::retain);
    offer(new OutletItem.KeyFrame(packets, video));
  }

  private void sayMissed() {
    if (missed > 0) {
      offer(new OutletItem.Missed(missed));
      missed = 0;
    }
  }

  /** A sender report; takes a reference of its own. */
  void report(int track, ByteBuf rtcp) {
    offer(new OutletItem.Report(track, rtcp.retainedDuplicate()));
  }

  /** One reader begins, or goes on; takes over the references of the group. */
  void begin(ReaderSlot slot, List<OutgoingPacket> group, List<TrackStart> next, int video) {
    offer(new OutletItem.Begin(slot, group, next, video));
  }

  /** Ends all readers. */
  void end(String reason) {
    offer(new OutletItem.End(reason));
  }

  private void offer(OutletItem item) {
    items.add(item);
    if (waiting.getAndIncrement() == 0) {
      try {
        loop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        discard();
      }
    }
  }

  /** The loop has ended, and its readers with it. */
  private void discard() {
    for (OutletItem item = items.poll(); item != null; item = items.poll()) {
      waiting.decrementAndGet();
      item.release();
    }
  }

  private void drain() {
    int done = waiting.get();
    while (done > 0) {
      for (int i = 0; i < done; i++) {
        OutletItem item = items.remove();
        for (ReaderSlot slot : slots) {
          hand(item, slot);
        }
        item.release();
      }
      slots.forEach(ReaderSlot::flush);
      done = waiting.addAndGet(-done);
    }
  }

  private static void hand(OutletItem item, ReaderSlot slot) {
    try {
      item.to(slot);
    } catch (RuntimeException e) {
      LOG.warn("A reader threw, and is ended", e);
      slot.ended("an error of the relay");
    }
  }
}
