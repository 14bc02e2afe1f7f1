package dev.photofinish.cli.gst;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * Packets of one track that came together, up to a {@code packets} message. Their bytes are not
 * copied: an interleaved frame already has the length before the packet.
 */
final class PacketBatch {
  private static final int MOST_PACKETS = 64;
  private static final int MOST_BYTES = 1 << 20;

  /** Bytes before the length in an interleaved frame. */
  private static final int BEFORE_LENGTH = OutgoingPacket.INTERLEAVED_HEADER - Short.BYTES;

  /** Track and flags. */
  private static final int FIELDS = 2;

  private final Channel channel;
  private final int element;
  private final List<ByteBuf> packets = new ArrayList<>(MOST_PACKETS);
  private int track;
  private boolean afterGap;
  private int bytes;

  PacketBatch(Channel channel, int element) {
    this.channel = channel;
    this.element = element;
  }

  /**
   * Adds a packet, which stays the caller's.
   *
   * @param first whether it is the first after a gap
   */
  void add(OutgoingPacket packet, boolean first) {
    if (first || packet.track() != track || packets.size() == MOST_PACKETS || bytes > MOST_BYTES) {
      write();
    }
    if (packets.isEmpty()) {
      track = packet.track();
      afterGap = first;
    }
    ByteBuf framed = packet.framed();
    int length = framed.readableBytes() - BEFORE_LENGTH;
    packets.add(framed.retainedSlice(framed.readerIndex() + BEFORE_LENGTH, length));
    bytes += length;
  }

  /** Writes what there is, without a flush. */
  void write() {
    if (packets.isEmpty()) {
      return;
    }
    ByteBuf header =
        Wire.header(channel.alloc(), Wire.PACKETS, element, FIELDS + bytes, FIELDS)
            .writeByte(track)
            .writeByte(afterGap ? 1 : 0);
    write(header);
    packets.forEach(this::write);
    packets.clear();
    bytes = 0;
  }

  private void write(ByteBuf bytes) {
    var unused = channel.write(bytes, channel.voidPromise());
  }

  /** Lets go what was not written. */
  void release() {
    packets.forEach(ByteBuf::release);
    packets.clear();
    bytes = 0;
  }
}
