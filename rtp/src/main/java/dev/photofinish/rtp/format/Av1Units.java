package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The OBUs of a temporal unit in the low-overhead format (AV1 specification section 5.2), without
 * those that separate temporal units and tile lists, which are never sent.
 */
final class Av1Units implements Iterable<Av1Units.Unit> {
  private static final int SEQUENCE_HEADER = 1;
  private static final int TEMPORAL_DELIMITER = 2;
  private static final int TILE_LIST = 8;
  private static final int HAS_EXTENSION = 0x04;
  private static final int HAS_SIZE = 0x02;

  private final List<Unit> units = new ArrayList<>();

  private Av1Units() {}

  /**
   * An OBU by its indexes in the bytes it is in.
   *
   * @param payload behind the header and the size
   */
  record Unit(int type, int start, int headerBytes, int payload, int end) {}

  /** An OBU without a size, or with one that is wrong, goes on to the end. */
  static Av1Units of(ByteBuf in) {
    Av1Units found = new Av1Units();
    int end = in.writerIndex();
    int at = in.readerIndex();
    while (at < end) {
      Unit unit = unit(in, at, end);
      if (unit.type != TEMPORAL_DELIMITER && unit.type != TILE_LIST) {
        found.units.add(unit);
      }
      at = unit.end;
    }
    return found;
  }

  private static Unit unit(ByteBuf in, int at, int end) {
    int first = in.getByte(at);
    int header = Math.min(end - at, (first & HAS_EXTENSION) != 0 ? 2 : 1);
    int payload = at + header;
    int unitEnd = end;
    if ((first & HAS_SIZE) != 0) {
      long size = Leb128.value(in, payload, end);
      payload += Leb128.length(in, payload, end);
      unitEnd = size < 0 || size > end - payload ? end : payload + (int) size;
    }
    return new Unit(first >> 3 & 0xf, at, header, payload, unitEnd);
  }

  boolean isEmpty() {
    return units.isEmpty();
  }

  boolean hasSequenceHeader() {
    return units.stream().anyMatch(unit -> unit.type == SEQUENCE_HEADER);
  }

  /** The index behind the last of one or more. */
  int end() {
    return units.get(units.size() - 1).end;
  }

  @Override
  public Iterator<Unit> iterator() {
    return units.iterator();
  }
}
