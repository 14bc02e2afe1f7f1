package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
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
 * many readers there are; what came together goes to a reader in one piece and is flushed once.
 *
 * <p>Its methods are called on the source's event loop, in order.
 */
final class Outlet {
  private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

  /** Beyond so many packets the loop cannot keep up, and they are dropped for all its readers. */
  private static final int MOST_WAITING = 16_384;

  private final EventLoop loop;
  private final Queue<OutletItem> items = new ConcurrentLinkedQueue<>();

  /** The weight of all items that the loop was woken for and has not handled. */
  private final AtomicInteger waiting = new AtomicInteger();

  private final List<ReaderSlot> slots = new CopyOnWriteArrayList<>();

  /** The weight of items that the loop was not woken for. */
  private int offered;

  private long missed;

  /**
   * @param loop of the readers
   */
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

  /** Packets; takes a reference of its own. */
  void packets(PacketBatch batch, int video) {
    boolean full = weight() >= (missed > 0 ? MOST_WAITING / 2 : MOST_WAITING);
    if (full || (missed > 0 && video >= 0)) {
      missed += batch.packets().size();
      return;
    }
    sayMissed();
    offer(new OutletItem.Packets(batch.retain(), video));
  }

  /** A key frame; takes references of its own. */
  void keyFrame(List<OutgoingPacket> packets, int video) {
    if (weight() >= MOST_WAITING) {
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
  void begin(ReaderSlot slot, List<OutgoingPacket> group, List<NextPacket> next, int video) {
    offer(new OutletItem.Begin(slot, group, next, video));
  }

  /** Ends all readers. */
  void end(String reason) {
    offer(new OutletItem.End(reason));
  }

  private int weight() {
    return offered + waiting.get();
  }

  private void offer(OutletItem item) {
    items.add(item);
    offered += item.weight();
  }

  /** Has the loop hand to its readers what came since the last time. */
  void flush() {
    int more = offered;
    offered = 0;
    if (more > 0 && waiting.getAndAdd(more) == 0) {
      try {
        loop.execute(this::drain);
      } catch (RejectedExecutionException e) {
        discard();
      }
    }
  }

  /** The loop has ended, and the readers with it. */
  private void discard() {
    take(waiting.get()).forEach(OutletItem::release);
    waiting.set(0);
  }

  private void drain() {
    int done = waiting.get();
    while (done > 0) {
      List<OutletItem> taken = take(done);
      for (ReaderSlot slot : slots) {
        hand(taken, slot);
      }
      taken.forEach(OutletItem::release);
      done = waiting.addAndGet(-done);
    }
  }

  /** The next items, of so much weight in all. */
  private List<OutletItem> take(int weight) {
    List<OutletItem> taken = new ArrayList<>();
    for (int left = weight; left > 0; left -= taken.get(taken.size() - 1).weight()) {
      taken.add(items.remove());
    }
    return taken;
  }

  private static void hand(List<OutletItem> items, ReaderSlot slot) {
    try {
      for (int i = 0; i < items.size(); i++) {
        items.get(i).to(slot);
      }
      slot.flush();
    } catch (RuntimeException e) {
      LOG.warn("A reader threw, and is ended", e);
      slot.ended("an error of the relay");
    }
  }
}
