package dev.photofinish.relay.fanout;

import dev.photofinish.relay.source.OutgoingPacket;
import java.util.ArrayList;
import java.util.List;

/**
 * The packets of a camera's video since its last key frame, for readers that come in between. It
 * holds a reference to each, and no more than so many bytes: a longer group is not kept.
 *
 * <p>Not safe for use by several threads.
 */
public final class PictureGroup {
  private static final int MOST_PACKETS = 16_384;

  private int mostBytes;
  private List<OutgoingPacket> packets = new ArrayList<>();
  private int bytes;
  private boolean complete;

  /**
   * @param mostBytes of its packets, 0 or more
   */
  public PictureGroup(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Keeps no more than so many bytes, 0 or more, from its next packet on. */
  public void mostBytes(int bytes) {
    mostBytes = bytes;
  }

  /** Takes a packet after those there are, and keeps it if it may. */
  public void add(OutgoingPacket packet) {
    if (!complete) {
      return;
    }
    int length = packet.framedBytes();
    if (bytes + length > mostBytes || packets.size() == MOST_PACKETS) {
      clear();
      return;
    }
    packets.add(packet.retain());
    bytes += length;
  }

  /**
   * Begins again with a key frame.
   *
   * @param key its packets, and those after it, in order; they stay the caller's
   */
  public void restart(List<OutgoingPacket> key) {
    clear();
    complete = true;
    key.forEach(this::add);
  }

  /** Whether a reader may begin with it. */
  public boolean isComplete() {
    return complete;
  }

  /** The packets, each with a reference for the caller. */
  public List<OutgoingPacket> snapshot() {
    packets.forEach(OutgoingPacket::retain);
    return List.copyOf(packets);
  }

  /** Keeps nothing until the next key frame. */
  public void clear() {
    packets.forEach(OutgoingPacket::release);
    packets = new ArrayList<>();
    bytes = 0;
    complete = false;
  }
}
