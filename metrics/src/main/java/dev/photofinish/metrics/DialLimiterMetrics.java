package dev.photofinish.metrics;

import dev.photofinish.race.limiter.SharedDialLimiter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/**
 * A limiter of dials as gauges: the meters of docs/metrics.md whose names begin with {@code
 * photofinish.limiter}.
 *
 * <pre>{@code
 * new DialLimiterMetrics(Connector.processLimiter()).bindTo(registry);
 * }</pre>
 *
 * <p>A registry shows one limiter: of a second one Micrometer takes no notice.
 */
public final class DialLimiterMetrics implements MeterBinder {
  private final SharedDialLimiter limiter;

  public DialLimiterMetrics(SharedDialLimiter limiter) {
    this.limiter = limiter;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "dials", limiter::taken, "dials in progress, and places kept for some");
    gauge(registry, "waiting", limiter::waiting, "races that wait for a place to dial");
    gauge(
        registry,
        "limit",
        limiter::limit,
        "how many dials may be in progress: fewer than max-dials while nobody answers");
  }

  private static void gauge(
      MeterRegistry registry, String name, Supplier<Number> value, String description) {
    Gauge.builder("photofinish.limiter." + name, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
