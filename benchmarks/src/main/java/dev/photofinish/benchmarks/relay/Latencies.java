package dev.photofinish.benchmarks.relay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Times from sending to arrival, counted by microseconds; one thread adds, any may read. */
final class Latencies {
  /** Longer ones count as this. */
  private static final int MOST_MICROS = 1_000_000;

  private final AtomicIntegerArray counts = new AtomicIntegerArray(MOST_MICROS + 1);

  void add(long nanos) {
    int micros = (int) Math.min(MOST_MICROS, TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
    counts.setPlain(micros, counts.getPlain(micros) + 1);
  }

  /** The share, 0 to 1, of all packets came within these milliseconds. */
  double millis(double share) {
    long all = 0;
    for (int micros = 0; micros <= MOST_MICROS; micros++) {
      all += counts.get(micros);
    }
    long within = 0;
    for (int micros = 0; micros <= MOST_MICROS; micros++) {
      within += counts.get(micros);
      if (within > 0 && within >= all * share) {
        return micros / 1e3;
      }
    }
    return Double.NaN;
  }
}
