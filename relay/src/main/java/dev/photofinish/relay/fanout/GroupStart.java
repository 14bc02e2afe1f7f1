package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The pictures since the last key frame as a new reader gets them: all at once, with their times
 * drawn together to a short while before the last one, so that a player shows the present at once
 * instead of staying behind for as long as the group is.
 */
final class GroupStart {
  /** Times become so much shorter: 2 s become 125 ms. */
  private static final int FACTOR = 16;

  private static final int HEADERS = OutgoingPacket.INTERLEAVED_HEADER + 12;
  private static final int TIMESTAMP = OutgoingPacket.INTERLEAVED_HEADER + 4;

  private GroupStart() {}

  /** The same packets with other timestamps, each with a reference for the caller. */
  static List<OutgoingPacket> compress(List<OutgoingPacket> group) {
    if (group.isEmpty()) {
      return List.of();
    }
    long last = group.get(0).timestamp();
    for (OutgoingPacket packet : group) {
      if ((int) (packet.timestamp() - last) > 0) {
        last = packet.timestamp();
      }
    }
    long latest = last;
    return group.stream().map(packet -> at(packet, latest)).toList();
  }

  private static OutgoingPacket at(OutgoingPacket packet, long latest) {
    int before = (int) (latest - packet.timestamp());
    long time = (latest - before / FACTOR) & 0xffff_ffffL;
    ByteBuf framed = packet.framed();
    ByteBuf headers = Unpooled.copiedBuffer(framed.slice(framed.readerIndex(), HEADERS));
    headers.setInt(TIMESTAMP, (int) time);
    ByteBuf rest =
        framed.retainedSlice(framed.readerIndex() + HEADERS, framed.readableBytes() - HEADERS);
    return new OutgoingPacket(
        packet.track(), time, Unpooled.wrappedBuffer(headers, rest), packet.isDiscontinuity());
  }
}
