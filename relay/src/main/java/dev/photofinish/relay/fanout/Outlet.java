package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import dev.photofinish.relay.source.TrackStart;
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

  /** Beyond this the loop cannot keep up, and packets are dropped for all its readers. */
  private static final int MOST_WAITING = 16_384;

  private final EventLoop source;
  private final EventLoop loop;
  private final Queue<OutletItem> items = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final List<ReaderSlot> slots = new CopyOnWriteArrayList<>();
  private long missed;

  /**
   * @param source the loop of the source
   * @param loop of the readers
   */
  Outlet(EventLoop source, EventLoop loop) {
    this.source = source;
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
      // Behind all that the source reads now, so that it goes to the readers in one piece.
      execute(source, loop == source ? this::drain : this::start);
    }
  }

  private void start() {
    execute(loop, this::drain);
  }

  private void execute(EventLoop on, Runnable task) {
    try {
      on.execute(task);
    } catch (RejectedExecutionException e) {
      discard();
    }
  }

  /** A loop has ended, and the readers with it. */
  private void discard() {
    for (OutletItem item = items.poll(); item != null; item = items.poll()) {
      waiting.decrementAndGet();
      item.release();
    }
  }

  private void drain() {
    int done = waiting.get();
    while (done > 0) {
      List<OutletItem.Step> steps = take(done);
      for (ReaderSlot slot : slots) {
        hand(steps, slot);
      }
      steps.forEach(OutletItem::release);
      done = waiting.addAndGet(-done);
    }
  }

  /** The next items, with packets in batches. */
  private List<OutletItem.Step> take(int count) {
    List<OutletItem.Step> steps = new ArrayList<>();
    PacketBatch last = null;
    for (int i = 0; i < count; i++) {
      OutletItem item = items.remove();
      if (item instanceof OutletItem.Step step) {
        last = null;
        steps.add(step);
      } else if (item instanceof OutletItem.Packet one) {
        if (last != null && last.track() == one.packet().track() && last.hasRoom()) {
          last.add(one.packet());
        } else {
          last = new PacketBatch(one.packet());
          steps.add(new OutletItem.Packets(last, one.video()));
        }
      }
    }
    return steps;
  }

  private static void hand(List<OutletItem.Step> steps, ReaderSlot slot) {
    try {
      for (int i = 0; i < steps.size(); i++) {
        steps.get(i).to(slot);
      }
      slot.flush();
    } catch (RuntimeException e) {
      LOG.warn("A reader threw, and is ended", e);
      slot.ended("an error of the relay");
    }
  }
}
