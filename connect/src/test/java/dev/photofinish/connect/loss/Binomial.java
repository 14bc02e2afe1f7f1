package dev.photofinish.connect.loss;

/**
 * Exact tails of the binomial distribution.
 *
 * @param n draws
 * @param p probability of success, 0 to 1
 */
record Binomial(int n, double p) {

  /** The probability of {@code k} successes or fewer. */
  double atMost(int k) {
    return sum(0, k);
  }

  /** The probability of {@code k} successes or more. */
  double atLeast(int k) {
    return sum(k, n);
  }

  private double sum(int from, int to) {
    double sum = 0;
    for (int k = from; k <= to; k++) {
      sum += Math.exp(logOf(k));
    }
    return Math.min(1, sum);
  }

  private double logOf(int k) {
    double log = power(p, k) + power(1 - p, n - k);
    for (int i = 1; i <= k; i++) {
      log += Math.log((double) (n - k + i) / i);
    }
    return log;
  }

  /** The logarithm of {@code base} to the {@code exponent}-th; anything to the 0-th is 1. */
  private static double power(double base, int exponent) {
    return exponent == 0 ? 0 : exponent * Math.log(base);
  }
}
