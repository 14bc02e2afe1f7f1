package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import dev.photofinish.relay.source.PacketBatch;
import io.netty.buffer.ByteBuf;
import java.util.List;

/** Something that an {@link Outlet} queues; it holds the references that it needs. */
sealed interface OutletItem {

  /** Lets its references go. */
  default void release() {}

  /** Hands it to one reader, if it concerns that one. */
  void to(ReaderSlot slot);

  /** How many packets it counts for in what may wait, 1 or more. */
  default int weight() {
    return 1;
  }

  /** Packets that came together. */
  record Packets(PacketBatch batch, int video) implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      slot.packets(batch, video);
    }

    @Override
    public int weight() {
      return batch.packets().size();
    }

    @Override
    public void release() {
      batch.release();
    }
  }

  /** A key frame, whose packets came before. */
  record KeyFrame(List<OutgoingPacket> packets, int video) implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      slot.keyFrame(packets, video);
    }

    @Override
    public void release() {
      packets.forEach(OutgoingPacket::release);
    }
  }

  /** A sender report. */
  record Report(int track, ByteBuf rtcp) implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      slot.report(track, rtcp);
    }

    @Override
    public void release() {
      rtcp.release();
    }
  }

  /** Packets that were dropped since the loop could not keep up. */
  record Missed(long packets) implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      slot.missed(packets);
    }
  }

  /** One reader begins, or goes on after a pause. */
  record Begin(ReaderSlot whose, List<OutgoingPacket> group, List<NextPacket> next, int video)
      implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      if (slot == whose) {
        slot.begin(group, next, video);
      }
    }

    @Override
    public void release() {
      group.forEach(OutgoingPacket::release);
    }
  }

  /** All readers end. */
  record End(String reason) implements OutletItem {
    @Override
    public void to(ReaderSlot slot) {
      slot.ended(reason);
    }
  }
}
