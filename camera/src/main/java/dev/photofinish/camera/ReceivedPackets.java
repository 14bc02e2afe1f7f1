package dev.photofinish.camera;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The last packets of one kind that clients sent to a camera. Not safe for use by several threads.
 */
final class ReceivedPackets {

  /** So much is kept: 8 minutes of G.711. */
  private static final int MAX_BYTES = 4 << 20;

  private final Deque<byte[]> packets = new ArrayDeque<>();
  private int bytes;

  /**
   * @param packet belongs to the list from now on
   */
  void add(byte[] packet) {
    packets.addLast(packet);
    bytes += packet.length;
    while (bytes > MAX_BYTES) {
      bytes -= packets.removeFirst().length;
    }
  }

  /** Copies, in the order in which they came. */
  List<byte[]> copies() {
    return packets.stream().map(byte[]::clone).toList();
  }
}
