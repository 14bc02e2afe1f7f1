package dev.photofinish.benchmarks.network;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * The durations of the exchanges of one client in one case.
 *
 * @param millis ascending; {@link Double#POSITIVE_INFINITY} for one that failed or took longer than
 *     {@link Client#LIMIT_MILLIS}
 */
record Sample(List<Double> millis) {

  Sample {
    millis = millis.stream().sorted().toList();
  }

  /** The nearest rank; infinite where so many failed. */
  double percentile(int percent) {
    return millis.get(Math.max(0, (int) Math.ceil(millis.size() * percent / 100.0) - 1));
  }

  /** Of those that succeeded. */
  double mean() {
    return succeeded().average().orElse(Double.NaN);
  }

  long failed() {
    return millis.size() - succeeded().count();
  }

  private DoubleStream succeeded() {
    return millis.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite);
  }

  /** {@code 252 / 2074 / 2305}: median, 95th and 99th percentile in whole milliseconds. */
  @Override
  public String toString() {
    return text(percentile(50)) + " / " + text(percentile(95)) + " / " + text(percentile(99));
  }

  static String text(double millis) {
    return Double.isFinite(millis)
        ? String.format(Locale.ROOT, millis < 9.95 ? "%.1f" : "%.0f", millis)
        : "never";
  }
}
