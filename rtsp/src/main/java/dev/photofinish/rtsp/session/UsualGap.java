package dev.photofinish.rtsp.session;

import java.util.Arrays;

/**
 * How long a camera usually takes from one burst of packets to the next: the median of the latest
 * gaps. A burst is what carries one RTP timestamp; the packets of one picture come back to back and
 * say nothing about its rate. The median forgets one hiccup, and follows a camera that changes its
 * rate within eight bursts.
 */
final class UsualGap {
  private static final int WINDOW = 15;

  private final long[] gaps = new long[WINDOW];
  private int count;
  private boolean started;
  private long lastPacket;
  private long lastTimestamp;

  /** One packet came at {@code now}. */
  void packet(long timestamp, long now) {
    if (started && timestamp != lastTimestamp) {
      gaps[count++ % WINDOW] = now - lastPacket;
    }
    started = true;
    lastTimestamp = timestamp;
    lastPacket = now;
  }

  /** In nanoseconds; 0 before the second burst. */
  long median() {
    int filled = Math.min(count, WINDOW);
    if (filled == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(gaps, filled);
    Arrays.sort(sorted);
    return sorted[filled / 2];
  }
}
