package dev.photofinish.cli;

import java.util.Arrays;
import java.util.List;

/**
 * How long a number of races took to their decision.
 *
 * @param count all races
 * @param won nanoseconds to the decision of those that were won, ascending
 */
record Distribution(int count, List<Long> won) {

  Distribution {
    won = won.stream().sorted().toList();
  }

  /** The nearest-rank percentile of the won races, 0 to 100; -1 when none was won. */
  long percentile(double percent) {
    if (won.isEmpty()) {
      return -1;
    }
    int rank = (int) Math.ceil(percent / 100 * won.size());
    return won.get(Math.max(1, rank) - 1);
  }

  long mean() {
    return (long) won.stream().mapToLong(Long::longValue).average().orElse(-1);
  }

  long max() {
    return percentile(100);
  }

  /** The share of all races that were won within {@code time}. */
  double within(long time) {
    long[] times = won.stream().mapToLong(Long::longValue).toArray();
    int found = Arrays.binarySearch(times, time + 1);
    int index = found < 0 ? -found - 1 : found;
    while (index > 0 && times[index - 1] > time) {
      index--;
    }
    return (double) index / count;
  }
}
