package dev.photofinish.media.input;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The continuity counter of one PID (ISO/IEC 13818-1 section 2.4.3.3). */
final class TsContinuity {
  /** For a packet that came twice, as it may. */
  static final int DUPLICATE = -1;

  private static final int BITS = 15;

  private int last = -1;
  private ByteBuf payload = Unpooled.EMPTY_BUFFER;

  /** Whether the counter was ever seen to count. */
  private boolean counts;

  /** What follows is of another PID. */
  void restart() {
    last = -1;
  }

  /**
   * Takes the next packet with a payload.
   *
   * @param announced whether it says itself that its counter does not go on
   *     (discontinuity_indicator)
   * @param content its payload, which stays the caller's
   * @return the packets that are missing before it, modulo 16, or {@link #DUPLICATE}
   */
  int take(int counter, boolean announced, ByteBuf content) {
    boolean same = counter == last;
    if (same && ByteBufUtil.equals(content, payload)) {
      return DUPLICATE;
    }
    boolean first = last < 0 || announced;
    counts |= !first && !same;
    int missing = first || (same && !counts) ? 0 : (counter - last - 1) & BITS;
    last = counter;
    payload = Unpooled.copiedBuffer(content);
    return missing;
  }
}
