package dev.photofinish.relay.source;

import io.netty.buffer.ByteBuf;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Packets of one track that came together, for readers that take them in one go. What is made of
 * them is made once for all those readers.
 *
 * <p>Filled by one thread, and after that used by any: packets are added before it is handed over.
 */
public final class PacketBatch extends AbstractReferenceCounted {
  /** A batch that has so many bytes gets no more packets; the last packet may go beyond it. */
  private static final int ENOUGH_BYTES = 1 << 16;

  private final int track;
  private final List<OutgoingPacket> packets = new ArrayList<>();

  /** Of packets that lie behind each other. */
  private final List<Piece> pieces = new ArrayList<>(2);

  private int bytes;
  private List<DatagramRun> datagrams = List.of();

  private static final class Piece {
    private final OutgoingPacket first;
    private OutgoingPacket last;
    private int bytes;

    Piece(OutgoingPacket first) {
      this.first = first;
      this.last = first;
      this.bytes = first.framedBytes();
    }

    boolean takes(OutgoingPacket next) {
      if (!next.follows(last)) {
        return false;
      }
      last = next;
      bytes += next.framedBytes();
      return true;
    }
  }

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
    bytes += packet.framedBytes();
    if (pieces.isEmpty() || !pieces.get(pieces.size() - 1).takes(packet)) {
      pieces.add(new Piece(packet));
    }
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

  /**
   * Hands on all as {@link OutgoingPacket#framed}, in order: those that lie behind each other in
   * one piece.
   *
   * @param output takes pieces, and over a reference to each
   */
  public void framed(Consumer<ByteBuf> output) {
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      output.accept(piece.first.retainedFramed(piece.bytes));
    }
  }

  /** All as datagrams, in order; not retained. */
  public synchronized List<DatagramRun> datagrams() {
    if (datagrams.isEmpty()) {
      datagrams = DatagramRun.of(packets);
    }
    return datagrams;
  }

  @Override
  protected synchronized void deallocate() {
    packets.forEach(OutgoingPacket::release);
    datagrams.forEach(run -> run.content().release());
  }

  @Override
  public PacketBatch retain() {
    super.retain();
    return this;
  }

  @Override
  public ReferenceCounted touch(Object hint) {
    packets.forEach(packet -> packet.touch(hint));
    return this;
  }
}
