package dev.photofinish.race.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The last connect times of one candidate and what follows from all of them, in nanoseconds. */
final class ConnectTimes {
  /** So many are kept for the percentile. */
  static final int KEPT = 20;

  /**
   * The kernel's initial retransmission timeout (RFC 6298 section 2.1): a connect that took this
   * long or longer may have been answered to a repeated SYN.
   */
  static final long RETRANSMISSION = Duration.ofSeconds(1).toNanos();

  private final long[] last = new long[KEPT];
  private int count;
  private int next;
  private long smoothed;
  private long deviation;

  /** RFC 6298 sections 2.2 and 2.3, with alpha 1/8 and beta 1/4. */
  void add(long time) {
    if (count == 0) {
      smoothed = time;
      deviation = time / 2;
    } else {
      deviation += (Math.abs(smoothed - time) - deviation) / 4;
      smoothed += (time - smoothed) / 8;
    }
    keep(time);
  }

  /** As they were before, from {@link #list} and the smoothed values. */
  static ConnectTimes of(List<Long> list, long smoothed, long deviation) {
    ConnectTimes times = new ConnectTimes();
    list.forEach(times::keep);
    times.smoothed = smoothed;
    times.deviation = deviation;
    return times;
  }

  private void keep(long time) {
    last[next] = time;
    next = (next + 1) % KEPT;
    count = Math.min(count + 1, KEPT);
  }

  long smoothed() {
    return smoothed;
  }

  long deviation() {
    return deviation;
  }

  /** By nearest rank: the 19th of 20, the largest of fewer. */
  long percentile95() {
    long largest = 0;
    long second = 0;
    for (int i = 0; i < count; i++) {
      second = Math.max(second, Math.min(last[i], largest));
      largest = Math.max(largest, last[i]);
    }
    return count < KEPT ? largest : second;
  }

  /** Oldest first, at most {@value #KEPT}. */
  List<Long> list() {
    List<Long> list = new ArrayList<>(count);
    for (int i = count; i > 0; i--) {
      list.add(last[(next + KEPT - i) % KEPT]);
    }
    return list;
  }
}
