package dev.photofinish.benchmarks.relay;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The cost of a load to one peer in one round.
 *
 * @param secondsPerGibibyte of processors, user and system, of what readers got
 * @param p50 of latency in ms
 * @param p99 of latency in ms
 * @param directP50 of latency in ms of a reader that reads from the camera itself
 * @param directP99 of latency in ms of the same
 * @param resident memory in MiB
 * @param lost packets of all readers
 */
record Cost(
    double secondsPerGibibyte,
    double p50,
    double p99,
    double directP50,
    double directP99,
    double resident,
    long lost,
    long packets) {
  static final String TITLES =
      "CPU s per GiB | latency p50, p99, ms | of the camera itself | resident MiB | lost";

  /** The medians of several rounds in one row; of losses all. */
  static String row(List<Cost> rounds) {
    if (rounds.isEmpty()) {
      return "not served | | | | ";
    }
    long lost = rounds.stream().mapToLong(Cost::lost).sum();
    long packets = rounds.stream().mapToLong(Cost::packets).sum();
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f) | %.2f, %.2f | %.2f, %.2f | %.0f | %s",
        median(rounds, Cost::secondsPerGibibyte),
        rounds.stream().mapToDouble(Cost::secondsPerGibibyte).min().orElseThrow(),
        rounds.stream().mapToDouble(Cost::secondsPerGibibyte).max().orElseThrow(),
        median(rounds, Cost::p50),
        median(rounds, Cost::p99),
        median(rounds, Cost::directP50),
        median(rounds, Cost::directP99),
        median(rounds, Cost::resident),
        lost == 0 ? "0" : String.format(Locale.ROOT, "%.3f %%", 100.0 * lost / (lost + packets)));
  }

  private static double median(List<Cost> rounds, ToDoubleFunction<Cost> of) {
    double[] sorted = rounds.stream().mapToDouble(of).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
