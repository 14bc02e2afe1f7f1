package dev.photofinish.rtsp.stream;

/**
 * The time that a camera usually takes from one burst of packets to the next: the median of the
 * latest gaps. A burst is what carries one RTP timestamp; the packets of one picture come back to
 * back and say nothing about its rate. The median forgets one hiccup, and follows a camera that
 * changes its rate within eight bursts.
 */
final class UsualGap {
  private static final int WINDOW = 15;

  /** In the order they came; the next one takes the place of the oldest. */
  private final long[] gaps = new long[WINDOW];

  /** The same gaps, shortest first. Kept sorted, since the median is asked for at every packet. */
  private final long[] sorted = new long[WINDOW];

  private int filled;
  private int next;
  private boolean started;
  private long lastPacket;
  private long lastTimestamp;

  /** One packet came at {@code now}. */
  void packet(long timestamp, long now) {
    if (started && timestamp != lastTimestamp) {
      add(now - lastPacket);
    }
    started = true;
    lastTimestamp = timestamp;
    lastPacket = now;
  }

  private void add(long gap) {
    if (filled == WINDOW) {
      remove(gaps[next]);
    }
    insert(gap);
    gaps[next] = gap;
    next = (next + 1) % WINDOW;
  }

  private void remove(long gap) {
    int at = 0;
    while (sorted[at] != gap) {
      at++;
    }
    filled--;
    System.arraycopy(sorted, at + 1, sorted, at, filled - at);
  }

  private void insert(long gap) {
    int at = filled;
    while (at > 0 && sorted[at - 1] > gap) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = gap;
    filled++;
  }

  /** In nanoseconds; 0 before the second burst. */
  long median() {
    return filled == 0 ? 0 : sorted[filled / 2];
  }
}
