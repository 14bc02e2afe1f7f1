package dev.photofinish.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of a transport stream of ours that a killed process left behind. The packets of a frame
 * stand one after the other, and the last one is filled up; a frame whose last packet happens to be
 * full counts as torn.
 */
final class TsLeftover {
  private static final int PACKET = 188;
  private static final int HEADER = 4;
  private static final int SYNC = 0x47;
  private static final int START = 0x40;
  private static final int ADAPTATION = 0x20;
  private static final int PAYLOAD = 0x10;
  private static final int CLOCK = 0x10;
  private static final int FLAGS_BYTES = 2;
  private static final int CLOCK_BYTES = 6;

  private final ByteBuffer packet = ByteBuffer.allocate(PACKET);
  private final FileChannel channel;

  TsLeftover(FileChannel channel) {
    this.channel = channel;
  }

  /** The bytes up to the end of the last whole frame. */
  long whole() throws IOException {
    long end = channel.size() / PACKET * PACKET;
    boolean isLast = true;
    boolean whole = false;
    boolean torn = false;
    for (long at = end - PACKET; at >= 0; at -= PACKET) {
      read(at);
      boolean lost = packet.get(0) != SYNC; // a loss of power leaves zeros, from any byte on
      if (lost || torn) {
        end = at;
        isLast = true;
        torn = lost;
      } else if ((packet.get(3) & PAYLOAD) != 0) {
        whole = isLast ? isFilledUp() : whole;
        isLast = false;
        if ((packet.get(1) & START) != 0) {
          return whole ? end : at;
        }
      }
    }
    return 0;
  }

  private void read(long at) throws IOException {
    Leftover.read(channel, packet.clear(), at);
  }

  /** Whether its adaptation field is longer than what is in it. */
  private boolean isFilledUp() {
    if ((packet.get(3) & ADAPTATION) == 0) {
      return false;
    }
    int length = 1 + (packet.get(HEADER) & 0xff);
    int flags = length > 1 ? packet.get(HEADER + 1) : 0;
    int needed = (flags == 0 ? 0 : FLAGS_BYTES) + ((flags & CLOCK) != 0 ? CLOCK_BYTES : 0);
    return length > needed;
  }
}
