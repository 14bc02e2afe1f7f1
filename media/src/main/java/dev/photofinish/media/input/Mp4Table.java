package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;

/**
 * A table of a sample table box: entries of the same size behind a version, flags and their number.
 * A table that is shorter than its number says has the entries that are there.
 */
final class Mp4Table {
  private static final int HEADER = 8;

  private final ByteBuf in;
  private final int entryBytes;
  private final int count;

  /**
   * @param in the content of the box; empty for a table without entries
   */
  Mp4Table(ByteBuf in, int entryBytes) {
    this.in = in;
    this.entryBytes = entryBytes;
    int there = Math.max(0, in.readableBytes() - HEADER) / entryBytes;
    long said = in.readableBytes() < HEADER ? 0 : in.getUnsignedInt(4);
    this.count = (int) Math.min(said, there);
  }

  int count() {
    return count;
  }

  /** A field of an entry, 32 bits. */
  int field(int entry, int index) {
    return in.getInt(HEADER + entry * entryBytes + 4 * index);
  }

  /** The 64 bits of an entry. */
  long wide(int entry) {
    return in.getLong(HEADER + entry * entryBytes);
  }

  /** Walks over entries whose first field says how many samples they hold for. */
  final class Runs {
    private int entry = -1;
    private long left;

    /** The second field for the next sample; 0 behind the last entry. */
    int next() {
      while (left == 0 && entry + 1 < count) {
        entry++;
        left = Integer.toUnsignedLong(field(entry, 0));
      }
      if (left == 0) {
        return 0;
      }
      left--;
      return field(entry, 1);
    }
  }
}
