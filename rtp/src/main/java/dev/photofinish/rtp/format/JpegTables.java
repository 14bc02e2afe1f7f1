package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The quantization tables of JPEG over RTP: computed for a Q below 128 (RFC 2435 section 4.2), else
 * those that came with the Q last (section 3.1.8).
 */
final class JpegTables {
  private static final int HEADER_BYTES = 4;
  private static final int VALUES = 64;
  private static final int FIRST_IN_BAND = 128;

  /** The tables of this Q may be others in each frame. */
  private static final int CHANGING = 255;

  private static final int LARGEST_FACTOR = 99;

  /** ITU-T T.81 table K.1 in zigzag order. */
  private static final int[] LUMINANCE = {
    16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
    26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
    56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
    95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99
  };

  /** ITU-T T.81 table K.2 in zigzag order. */
  private static final int[] CHROMINANCE = {
    17, 18, 18, 24, 21, 24, 47, 26, 26, 47, 99, 66, 56, 66, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99
  };

  private final @Nullable Set[] sets = new Set[CHANGING + 1];

  /** The tables of a Q; null where they have not come yet. */
  @Nullable Set get(int q) {
    if (q < FIRST_IN_BAND && sets[q] == null) {
      sets[q] = computed(q);
    }
    return sets[q];
  }

  /**
   * Reads the header of tables in a packet.
   *
   * @return the index of what follows; {@code end} + 1 if it is cut off
   */
  int read(int q, ByteBuf in, int index, int end) {
    int from = index + HEADER_BYTES;
    int length = end >= from ? in.getUnsignedShort(index + 2) : 0;
    if (length > end - from) {
      return end + 1;
    }
    if (length > 0 || q == CHANGING) {
      sets[q] = Set.of(in.getUnsignedByte(index + 1), in, from, length);
    }
    return from + length;
  }

  private static Set computed(int q) {
    int factor = Math.max(1, Math.min(LARGEST_FACTOR, q));
    int scale = factor < 50 ? 5000 / factor : 200 - 2 * factor;
    byte[] values = new byte[2 * VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = scaled(LUMINANCE[i], scale);
      values[VALUES + i] = scaled(CHROMINANCE[i], scale);
    }
    return new Set(0, 2, values);
  }

  private static byte scaled(int value, int scale) {
    return (byte) Math.max(1, Math.min(255, (value * scale + 50) / 100));
  }

  /**
   * The tables of a frame: of luminance and, if there are two, of chrominance. Some senders put
   * more into the packet, which no component uses.
   */
  static final class Set {
    private final int precision;
    private final int count;
    private final byte[] values;

    private Set(int precision, int count, byte[] values) {
      this.precision = precision;
      this.count = count;
      this.values = values;
    }

    /** Null where there is not one whole table. */
    private static @Nullable Set of(int precision, ByteBuf in, int index, int length) {
      int first = bytes(precision, 0);
      int both = first + bytes(precision, 1);
      if (length < first) {
        return null;
      }
      int count = length < both ? 1 : 2;
      byte[] values = ByteBufUtil.getBytes(in, index, count == 1 ? first : both);
      return new Set(precision, count, values);
    }

    /** A bit of the precision is 1 where the values of a table have two bytes. */
    private static int bytes(int precision, int table) {
      return VALUES << (precision >> table & 1);
    }

    int count() {
      return count;
    }

    /** As segments of a file. */
    void write(ByteBuf out) {
      int at = 0;
      for (int i = 0; i < count; i++) {
        int length = bytes(precision, i);
        out.writeShort(0xffdb).writeShort(3 + length).writeByte((precision >> i & 1) << 4 | i);
        out.writeBytes(values, at, length);
        at += length;
      }
    }
  }
}
