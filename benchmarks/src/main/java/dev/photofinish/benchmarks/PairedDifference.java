package dev.photofinish.benchmarks;

import java.util.Arrays;
import java.util.Random;

/** The price of one thing over that of another, by pairs measured side by side. */
public final class PairedDifference {
  public static final String HEADER =
      "| compared with plain | measure | plain, median | median difference | 95 % of it |";

  private static final int RESAMPLES = 2000;

  private final double[] base;
  private final double[] difference;
  private int count;

  public PairedDifference(int pairs) {
    base = new double[pairs];
    difference = new double[pairs];
  }

  public void add(double plain, double other) {
    base[count] = plain;
    difference[count++] = other - plain;
  }

  /** A row of a table: the median difference with its bootstrap interval, and in percent. */
  public String line(String name, String measure) {
    double plain = median(base);
    double[] medians = new double[RESAMPLES];
    Random random = new Random(1);
    for (int i = 0; i < RESAMPLES; i++) {
      double[] sample = new double[count];
      for (int k = 0; k < count; k++) {
        sample[k] = difference[random.nextInt(count)];
      }
      medians[i] = median(sample);
    }
    Arrays.sort(medians);
    double low = medians[RESAMPLES * 25 / 1000];
    double high = medians[RESAMPLES * 975 / 1000 - 1];
    double median = median(difference);
    return "| %s | %s | %.1f | %+.1f (%+.1f %%) | %+.1f to %+.1f (%+.1f to %+.1f %%) |"
        .formatted(
            name,
            measure,
            plain,
            median,
            100 * median / plain,
            low,
            high,
            100 * low / plain,
            100 * high / plain);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
