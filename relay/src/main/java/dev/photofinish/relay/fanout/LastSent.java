package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import java.util.List;

/**
 * The last packet of the video that a reader was sent. After a pause it goes on behind it: sequence
 * numbers and timestamps that go back would be taken for duplicates (RFC 2326 appendix B).
 *
 * <p>Used on the reader's event loop.
 */
final class LastSent {
  private boolean known;
  private int sequence;
  private long timestamp;

  void sent(OutgoingPacket packet) {
    known = true;
    sequence = packet.sequence();
    timestamp = packet.timestamp();
  }

  /**
   * How many of a group's packets, from its first on, were sent; 0 where it is not of the group.
   */
  int count(List<OutgoingPacket> group) {
    for (int i = group.size(); known && i > 0; i--) {
      OutgoingPacket packet = group.get(i - 1);
      if (packet.sequence() == sequence && packet.timestamp() == timestamp) {
        return i;
      }
    }
    return 0;
  }
}
