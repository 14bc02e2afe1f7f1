package dev.photofinish.benchmarks.relay;

import java.nio.ByteBuffer;

/**
 * The time at which a packet was sent, in its payload: in hexadecimal digits, which no relay takes
 * for a start code of H.264, behind the header of the RTP packet and of the slice in it.
 */
final class Stamp {
  /** Bytes of the RTP header and of the beginning of a slice before a stamp. */
  static final int OFFSET = 12 + 2;

  static final int LENGTH = 4 + 16;
  private static final int MARK = 0x5354_4d50;

  private Stamp() {}

  /** Writes a time at a place in a packet. */
  static void put(ByteBuffer packets, int at, long nanos) {
    packets.putInt(at, MARK);
    for (int digit = 0; digit < 16; digit++) {
      packets.put(at + 4 + digit, (byte) ('A' + (nanos >>> (60 - 4 * digit) & 0xf)));
    }
  }

  /** The time in a packet whose RTP header begins there; -1 if it has none. */
  static long of(ByteBuffer packets, int rtp, int length) {
    int at = rtp + OFFSET;
    if (length < OFFSET + LENGTH || packets.getInt(at) != MARK) {
      return -1;
    }
    long nanos = 0;
    for (int digit = 0; digit < 16; digit++) {
      nanos = nanos << 4 | (packets.get(at + 4 + digit) - 'A');
    }
    return nanos;
  }
}
