package dev.photofinish.relay.source;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * RTP packets of one size behind each other, as the kernel cuts them into datagrams again; the last
 * one may be smaller.
 *
 * @param content shared, and not to be changed
 * @param size of each in bytes
 * @param count of packets, 1 to {@value #MOST}
 */
public record DatagramRun(ByteBuf content, int size, int count) {
  /** Fewer than kernels take (64), and as many as a receiver is sent at once. */
  public static final int MOST = 32;

  /** What fits in a packet of Ethernet with headers of IPv6 and UDP: segments are no fragments. */
  private static final int MOST_BYTES = 1_452;

  /** All packets of a batch, in order; each content has a reference of its own. */
  static List<DatagramRun> of(List<OutgoingPacket> packets) {
    List<DatagramRun> runs = new ArrayList<>();
    for (int first = 0; first < packets.size(); ) {
      int end = end(packets, first);
      runs.add(join(packets.subList(first, end)));
      first = end;
    }
    return runs;
  }

  private static int end(List<OutgoingPacket> packets, int first) {
    int size = length(packets.get(first));
    int end = first + 1;
    while (size <= MOST_BYTES && end < packets.size() && end - first < MOST) {
      int next = length(packets.get(end));
      end += next <= size ? 1 : 0;
      if (next != size) {
        break;
      }
    }
    return end;
  }

  private static int length(OutgoingPacket packet) {
    return packet.framedBytes() - OutgoingPacket.INTERLEAVED_HEADER;
  }

  private static DatagramRun join(List<OutgoingPacket> packets) {
    int size = length(packets.get(0));
    if (packets.size() == 1) {
      return new DatagramRun(packets.get(0).rtp().retain(), size, 1);
    }
    int bytes = packets.stream().mapToInt(DatagramRun::length).sum();
    ByteBuf joined = packets.get(0).framed().alloc().ioBuffer(bytes, bytes);
    packets.forEach(packet -> joined.writeBytes(packet.rtp()));
    return new DatagramRun(joined, size, packets.size());
  }
}
