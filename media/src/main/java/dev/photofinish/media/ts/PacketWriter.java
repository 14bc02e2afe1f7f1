package dev.photofinish.media.ts;

import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;

/** Cuts payloads into packets of 188 bytes, with continuity counters. */
final class PacketWriter {
  static final int PACKET_BYTES = 188;
  static final int PAYLOAD_BYTES = 184;

  /** No program clock reference. */
  static final long NO_CLOCK = -1;

  private static final int SYNC = 0x47;
  private static final int RANDOM_ACCESS = 0x40;
  private static final int CLOCK = 0x10;

  private final Map<Integer, Integer> counters = new HashMap<>();

  /**
   * Writes all readable bytes of a payload.
   *
   * @param clock in ticks of 90 kHz, or {@link #NO_CLOCK}
   */
  void write(int pid, ByteBuf payload, long clock, boolean randomAccess, ByteBuf out) {
    boolean first = true;
    do {
      int flags = first ? (randomAccess ? RANDOM_ACCESS : 0) | (clock >= 0 ? CLOCK : 0) : 0;
      int fields = flags == 0 ? 0 : clock >= 0 ? 8 : 2;
      int length = Math.min(payload.readableBytes(), PAYLOAD_BYTES - fields);
      int adaptation = PAYLOAD_BYTES - length;
      packetHeader(pid, first, adaptation > 0, true, out);
      adaptationField(adaptation, flags, clock, out);
      out.writeBytes(payload, length);
      first = false;
    } while (payload.isReadable());
  }

  /** A packet that carries the clock alone. */
  void clock(int pid, long clock, ByteBuf out) {
    packetHeader(pid, false, true, false, out);
    adaptationField(PAYLOAD_BYTES, CLOCK, clock, out);
  }

  private void packetHeader(
      int pid, boolean start, boolean adaptation, boolean payload, ByteBuf out) {
    int next = counters.getOrDefault(pid, 0);
    int counter = payload ? next : next - 1 & 0xf; // it counts packets with a payload alone
    counters.put(pid, counter + 1 & 0xf);
    out.writeByte(SYNC);
    out.writeShort((start ? 0x4000 : 0) | pid);
    out.writeByte((adaptation ? 0x20 : 0) | (payload ? 0x10 : 0) | counter);
  }

  private static void adaptationField(int bytes, int flags, long clock, ByteBuf out) {
    if (bytes == 0) {
      return;
    }
    int end = out.writerIndex() + bytes;
    out.writeByte(bytes - 1);
    if (bytes > 1) {
      out.writeByte(flags);
      if ((flags & CLOCK) != 0) {
        long base = clock & 0x1_ffff_ffffL;
        out.writeInt((int) (base >> 1));
        out.writeShort((int) (base & 1) << 15 | 0x7e00);
      }
      while (out.writerIndex() < end) {
        out.writeByte(0xff);
      }
    }
  }
}
