package dev.photofinish.cli.race;

import dev.photofinish.cli.picture.Times;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import java.util.List;
import java.util.Locale;

/**
 * The times that a number of races took to their decision.
 *
 * @param count all races
 * @param won nanoseconds to the decision of those that were won, ascending
 */
record Distribution(int count, List<Long> won) {

  Distribution {
    won = won.stream().sorted().toList();
  }

  static Distribution of(List<RaceReport> reports) {
    List<Long> won =
        reports.stream()
            .filter(report -> report.result() == Result.WON)
            .map(RaceReport::decidedAt)
            .toList();
    return new Distribution(reports.size(), won);
  }

  /** A human-readable line. */
  String percentiles() {
    return String.format(
        Locale.ROOT,
        "p50 %s   p90 %s   p95 %s   p99 %s   mean %s   max %s",
        Times.text(percentile(50)),
        Times.text(percentile(90)),
        Times.text(percentile(95)),
        Times.text(percentile(99)),
        Times.text(mean()),
        Times.text(max()));
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
    return (double) won.stream().filter(decided -> decided <= time).count() / count;
  }
}
