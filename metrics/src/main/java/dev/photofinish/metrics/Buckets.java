package dev.photofinish.metrics;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** The histograms of timers: few buckets, where connecting has its steps. */
final class Buckets {
  private static final Duration[] CONNECTING =
      millis(1, 2, 5, 10, 20, 50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000);
  private static final Duration[] OUTAGES =
      millis(100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000, 3_600_000);

  private Buckets() {}

  /** From 1 ms to 10 s: SYNs are sent again after 1, 2 and 3 s. */
  static Timer.Builder connecting(String name) {
    return Timer.builder(name).serviceLevelObjectives(CONNECTING);
  }

  /** From 100 ms to 1 h. */
  static Timer.Builder outages(String name) {
    return Timer.builder(name).serviceLevelObjectives(OUTAGES);
  }

  private static Duration[] millis(long... values) {
    return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
