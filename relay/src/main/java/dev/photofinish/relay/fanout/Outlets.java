package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outlets of a source, one for each event loop of readers. All get the same in the same order:
 * packets that came together as one batch, which the outlets share.
 *
 * <p>Used on the source's event loop.
 */
final class Outlets {
  private final EventLoop source;
  private final int video;
  private final Map<EventLoop, Outlet> outlets = new HashMap<>();

  /** What came last, and may be joined by what comes next. */
  private @Nullable PacketBatch gathered;

  private boolean flushing;

  /**
   * @param source the loop of the source
   * @param video the track that is held to key frames; -1 if none is
   */
  Outlets(EventLoop source, int video) {
    this.source = source;
    this.video = video;
  }

  // ---- What goes to all

  /** A packet, whose reference is taken over. */
  void packet(OutgoingPacket packet) {
    PacketBatch last = gathered;
    if (outlets.isEmpty()) {
      packet.release();
    } else if (last != null && last.track() == packet.track() && last.hasRoom()) {
      last.add(packet);
    } else {
      offerGathered();
      gathered = new PacketBatch(packet);
      flushSoon();
    }
  }

  /** A key frame, whose packets came before; they stay the caller's. */
  void keyFrame(List<OutgoingPacket> packets) {
    offer(outlets.values(), outlet -> outlet.keyFrame(packets, video));
  }

  /** A sender report, which stays the caller's. */
  void report(int track, ByteBuf rtcp) {
    offer(outlets.values(), outlet -> outlet.report(track, rtcp));
  }

  /** Ends all readers. */
  void end(String reason) {
    offer(outlets.values(), outlet -> outlet.end(reason));
    flush();
    outlets.clear();
  }

  // ---- What goes to one

  void add(ReaderSlot slot, EventLoop loop) {
    offerGathered(); // to those who were there
    outlets.computeIfAbsent(loop, Outlet::new).add(slot);
  }

  boolean has(EventLoop loop) {
    return outlets.containsKey(loop);
  }

  /** A reader begins, or goes on; the references of the group are taken over. */
  void begin(ReaderSlot slot, EventLoop loop, List<OutgoingPacket> group, List<NextPacket> next) {
    offer(of(loop), outlet -> outlet.begin(slot, group, next, video));
  }

  /** A sender report for the readers of one loop, which stays the caller's. */
  void report(EventLoop loop, int track, ByteBuf rtcp) {
    offer(of(loop), outlet -> outlet.report(track, rtcp));
  }

  private List<Outlet> of(EventLoop loop) {
    Outlet outlet = outlets.get(loop);
    return outlet == null ? List.of() : List.of(outlet);
  }

  void remove(ReaderSlot slot, EventLoop loop) {
    for (Outlet outlet : of(loop)) {
      outlet.remove(slot);
      if (outlet.isEmpty()) {
        flush();
        outlets.remove(loop);
      }
    }
  }

  // ---- The order

  /** Behind the packets that came before it. */
  private void offer(Collection<Outlet> to, Consumer<Outlet> item) {
    offerGathered();
    to.forEach(item);
    flushSoon();
  }

  private void offerGathered() {
    PacketBatch batch = gathered;
    if (batch != null) {
      gathered = null;
      outlets.values().forEach(outlet -> outlet.packets(batch, video));
      batch.release();
    }
  }

  /** Behind all that the source reads now, so that it goes to the readers in one piece. */
  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      try {
        source.execute(this::flush);
      } catch (RejectedExecutionException e) {
        flush();
      }
    }
  }

  private void flush() {
    flushing = false;
    offerGathered();
    outlets.values().forEach(Outlet::flush);
  }
}
