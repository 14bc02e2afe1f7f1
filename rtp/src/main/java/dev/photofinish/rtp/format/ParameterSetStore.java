package dev.photofinish.rtp.format;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parameter sets of one kind, each with its identifier: the newest of each. */
final class ParameterSetStore {
  /** Larger ones are not kept: cameras send some tens of bytes. */
  private static final int MOST_BYTES = 4096;

  private final int most;
  private final SortedMap<Integer, ByteBuf> sets = new TreeMap<>();

  /**
   * @param most sets that are kept; of others only new versions of these
   */
  ParameterSetStore(int most) {
    this.most = most;
  }

  /** Keeps a copy; whether it was new or changed. */
  boolean put(int id, ByteBuf in, int index, int length) {
    boolean tooMany = sets.size() >= most && !sets.containsKey(id);
    if (length > MOST_BYTES || tooMany || has(id, in, index, length)) {
      return false;
    }
    sets.put(id, FrameFormat.parameterSet(ByteBufUtil.getBytes(in, index, length)));
    return true;
  }

  /** Whether it is kept as it is. */
  boolean has(int id, ByteBuf in, int index, int length) {
    ByteBuf known = sets.get(id);
    return known != null
        && known.readableBytes() == length
        && ByteBufUtil.equals(known, known.readerIndex(), in, index, length);
  }

  /** In the order of their identifiers. */
  List<ByteBuf> all() {
    return List.copyOf(sets.values());
  }
}
