package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * The pictures since the last key frame as a reader that begins gets them: all at once, with their
 * times drawn together to a short while before the present, so that a player shows the present at
 * once instead of staying behind for as long as the group is.
 *
 * <p>Pictures that come later may be shown before the latest one of the group, where the camera
 * sends B-frames, but after all that were there before it. So those are drawn together, and the
 * latest, with what is shown around it, keeps its time.
 */
final class GroupStart {
  /** Times become so much shorter: 2 s become 125 ms. */
  private static final int FACTOR = 16;

  private static final int HEADERS = OutgoingPacket.INTERLEAVED_HEADER + 12;
  private static final int TIMESTAMP = OutgoingPacket.INTERLEAVED_HEADER + 4;

  private GroupStart() {}

  /**
   * Packets with other timestamps, each with a reference for the caller.
   *
   * @param group packets since a key frame, in order
   * @param sent how many of them, from the first on, the reader has; they are left out
   */
  static List<OutgoingPacket> compress(List<OutgoingPacket> group, int sent) {
    if (sent == group.size()) {
      return List.of();
    }
    long shown = latest(group.subList(0, Math.max(1, sent)));
    long present = present(group);
    return group.subList(sent, group.size()).stream()
        .map(
            packet ->
                !isAfter(present, packet.timestamp())
                        || (sent > 0 && !isAfter(packet.timestamp(), shown))
                    ? packet.retain()
                    : at(packet, present))
        .toList();
  }

  private static boolean isAfter(long timestamp, long other) {
    return (int) (timestamp - other) > 0;
  }

  private static long latest(List<OutgoingPacket> packets) {
    long latest = packets.get(0).timestamp();
    for (OutgoingPacket packet : packets) {
      latest = isAfter(packet.timestamp(), latest) ? packet.timestamp() : latest;
    }
    return latest;
  }

  /** The time that was the latest one before the latest came. */
  private static long present(List<OutgoingPacket> group) {
    long latest = group.get(0).timestamp();
    long before = latest;
    for (OutgoingPacket packet : group) {
      if (isAfter(packet.timestamp(), latest)) {
        before = latest;
        latest = packet.timestamp();
      }
    }
    return before;
  }

  private static OutgoingPacket at(OutgoingPacket packet, long present) {
    int before = (int) (present - packet.timestamp());
    long time = (present - before / FACTOR) & 0xffff_ffffL;
    ByteBuf framed = packet.framed();
    ByteBuf headers = Unpooled.copiedBuffer(framed.slice(framed.readerIndex(), HEADERS));
    headers.setInt(TIMESTAMP, (int) time);
    ByteBuf rest =
        framed.retainedSlice(framed.readerIndex() + HEADERS, framed.readableBytes() - HEADERS);
    return new OutgoingPacket(
        packet.track(), time, Unpooled.wrappedBuffer(headers, rest), packet.isDiscontinuity());
  }
}
