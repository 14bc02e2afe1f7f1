package dev.photofinish.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The delay before a retry, by strategy and by how many delays went before. */
final class Backoff {
  /**
   * RFC 8305 section 5: two dials MUST NOT be less than 10 ms apart; a new race is no way round.
   */
  static final long FLOOR = Duration.ofMillis(10).toNanos();

  private static final double JITTER = 0.25;

  private final RetryOptions options;
  private final RandomGenerator random;

  Backoff(RetryOptions options, RandomGenerator random) {
    this.options = options;
    this.random = random;
  }

  /**
   * @param step how many delays went before, from 0
   */
  long delay(RetryStrategy strategy, int step) {
    return delay(strategy, step, Long.MAX_VALUE);
  }

  /**
   * @param step how many delays went before, from 0
   * @param most what {@code exponential-jitter} does not go beyond, jitter left out
   */
  long delay(RetryStrategy strategy, int step, long most) {
    return switch (strategy) {
      case IMMEDIATE -> FLOOR;
      case LINEAR -> capped(linear(step));
      case EXPONENTIAL -> capped(exponential(step));
      case EXPONENTIAL_JITTER ->
          capped(jittered(capped(Math.min((double) most, exponential(step)))));
      case NONE, AUTO -> throw new IllegalStateException(strategy + " has no delay of its own");
    };
  }

  // In double, which does not overflow: 2^31 steps of an hour are more nanoseconds than a long has.
  private double linear(int step) {
    return initial() + (double) options.linearRetryStep().toNanos() * step;
  }

  private double exponential(int step) {
    return initial() * Math.pow(2, step);
  }

  private double jittered(long delay) {
    return delay * (1 + JITTER * (2 * random.nextDouble() - 1));
  }

  private double initial() {
    return (double) options.initialRetryDelay().toNanos();
  }

  private long capped(double delay) {
    return (long) Math.min(delay, (double) options.reconnectionTimeout().toNanos());
  }
}
