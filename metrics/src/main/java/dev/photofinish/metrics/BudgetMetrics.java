package dev.photofinish.metrics;

import dev.photofinish.race.DialBudget;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Supplier;

/**
 * A budget of dials as gauges: the meters of docs/metrics.md whose names begin with {@code
 * photofinish.budget}.
 *
 * <pre>{@code
 * new BudgetMetrics(Connector.processBudget()).bindTo(registry);
 * }</pre>
 *
 * <p>A registry shows one budget: of a second one Micrometer takes no notice.
 */
public final class BudgetMetrics implements MeterBinder {
  private final DialBudget budget;

  public BudgetMetrics(DialBudget budget) {
    this.budget = budget;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "dials", budget::taken, "dials in progress, and places kept for some");
    gauge(registry, "waiting", budget::waiting, "races that wait for a place to dial");
    gauge(
        registry,
        "limit",
        budget::limit,
        "how many dials may be in progress: fewer than max-dials while nobody answers");
  }

  private static void gauge(
      MeterRegistry registry, String name, Supplier<Number> value, String description) {
    Gauge.builder("photofinish.budget." + name, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
