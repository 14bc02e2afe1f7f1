package dev.photofinish.relay.source;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packets of one track that came together, in order, for readers of one event loop: what is made of
 * them for one reader serves the others too. It holds a reference to each packet.
 *
 * <p>Ownership: valid during the call that hands it over. Used on one thread.
 */
public final class PacketBatch {
  /** As much as one write of a busy reader takes; a packet may go beyond it. */
  private static final int ENOUGH_BYTES = 1 << 16;

  private final int track;
  private final List<OutgoingPacket> packets = new ArrayList<>();
  private int bytes;
  private @Nullable ByteBuf framed;
  private List<DatagramRun> datagrams = List.of();

  /** A batch of one packet, whose reference is taken over. */
  public PacketBatch(OutgoingPacket first) {
    track = first.track();
    add(first);
  }

  /** Whether another packet may be added: a reader has to take the whole. */
  public boolean hasRoom() {
    return bytes < ENOUGH_BYTES;
  }

  /** Takes over the reference of another packet of its track. */
  public void add(OutgoingPacket packet) {
    packets.add(packet);
    bytes += packet.framed().readableBytes();
  }

  /** The number of their media among those of the source, from 0. */
  public int track() {
    return track;
  }

  /** In order, one or more; not retained. */
  public List<OutgoingPacket> packets() {
    return packets;
  }

  /** Bytes of all, their interleaved headers included. */
  public int framedBytes() {
    return bytes;
  }

  /** All behind each other, as {@link OutgoingPacket#framed}; not retained. */
  public ByteBuf framed() {
    if (packets.size() == 1) {
      return packets.get(0).framed();
    }
    ByteBuf joined = framed;
    if (joined == null) {
      joined = packets.get(0).framed().alloc().ioBuffer(bytes, bytes);
      for (OutgoingPacket packet : packets) {
        ByteBuf one = packet.framed();
        joined.writeBytes(one, one.readerIndex(), one.readableBytes());
      }
      framed = joined;
    }
    return joined;
  }

  /** All as datagrams, in order; not retained. */
  public List<DatagramRun> datagrams() {
    if (datagrams.isEmpty()) {
      datagrams = DatagramRun.of(packets);
    }
    return datagrams;
  }

  /** Lets go the packets, and what was made of them. */
  public void release() {
    packets.forEach(OutgoingPacket::release);
    if (framed != null) {
      framed.release();
    }
    datagrams.forEach(run -> run.content().release());
  }
}
