package dev.photofinish.rtp.format;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts interleaved ADUs of MP3 back into their order (RFC 5219 section 7): in place of the sync
 * word each has its index, 0 to 255, in a cycle, and three bits of the number of that cycle.
 *
 * <p>The ADUs of a cycle wait until one of another cycle comes, or one that is not interleaved, or
 * has an index that was there already: at most 256 do.
 *
 * <p>A packet says the time of its first ADU only. The others of the cycle lie before and after it
 * by their indexes.
 */
final class Mp3Interleaving {
  private static final int INDEXES = 256;

  /** The sync word as it is where nothing is interleaved. */
  private static final int NOT_INTERLEAVED = 0x7ff;

  private static final long UNKNOWN = -1;

  private final int clockRate;
  private final Consumer<Mp3Adu> output;
  private final @Nullable Mp3Adu[] held = new Mp3Adu[INDEXES];
  private int cycle;

  /** Of the last ADU that is held; -1 where none is. */
  private int last = -1;

  /** When the cycle begins, 32 bits; -1 where no packet has said it. */
  private long start = UNKNOWN;

  /** When the cycle before ended. */
  private long end;

  /**
   * @param clockRate ticks of the timestamp a second
   */
  Mp3Interleaving(int clockRate, Consumer<Mp3Adu> output) {
    this.clockRate = clockRate;
    this.output = output;
  }

  /** The sequence number that an ADU brings in place of the sync word. */
  static int sequence(byte[] adu) {
    return (adu[0] & 0xff) << 3 | (adu[1] & 0xff) >> 5;
  }

  static boolean isInterleaved(int sequence) {
    return sequence != NOT_INTERLEAVED;
  }

  /**
   * @param first whether it is the first of its packet, whose timestamp is its own
   */
  void add(Mp3Adu adu, int sequence, boolean first) {
    int index = sequence >> 3;
    if (last >= 0 && (cycle != (sequence & 7) || held[index] != null)) {
      release();
    }
    cycle = sequence & 7;
    held[index] = adu;
    last = Math.max(last, index);
    if (first) {
      start = (adu.timestamp() - ticks(index, adu.header())) & 0xffff_ffffL;
    }
  }

  /** Gives all that is held. */
  void release() {
    long from = start == UNKNOWN ? end : start;
    for (int i = 0; i <= last; i++) {
      Mp3Adu adu = held[i];
      if (adu != null) {
        held[i] = null;
        end = (from + ticks(i + 1, adu.header())) & 0xffff_ffffL;
        output.accept(adu.at((from + ticks(i, adu.header())) & 0xffff_ffffL));
      }
    }
    last = -1;
    start = UNKNOWN;
  }

  private long ticks(int frames, MpegAudioHeader header) {
    return (long) frames * header.samples() * clockRate / header.sampleRate();
  }

  /** Lets go of all that is held. */
  void reset() {
    for (int i = 0; i <= last; i++) {
      held[i] = null;
    }
    last = -1;
    start = UNKNOWN;
  }
}
