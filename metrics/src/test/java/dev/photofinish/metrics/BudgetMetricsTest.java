package dev.photofinish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.Budget;
import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.Candidate;
import dev.photofinish.race.DialBudget;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class BudgetMetricsTest {
  private static final long SECOND = 1_000_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void showsWhatIsDialledWhoWaitsAndHowManyMayDial() {
    DialBudget budget = new DialBudget(BudgetOptions.builder().maxDials(16).build());
    new BudgetMetrics(budget).bindTo(registry);
    assertThat(gauge("limit")).isEqualTo(16);
    for (int i = 0; i < 20; i++) {
      budget.enter(racer(), 0);
    }
    assertThat(gauge("dials")).isEqualTo(16);
    assertThat(gauge("waiting")).isEqualTo(4);

    for (int i = 0; i < 16; i++) {
      budget.ask(host(i), Budget.Turn.FIRST, 0);
    }
    for (int i = 0; i < 16; i++) {
      budget.ended(host(i), 0, Budget.Heard.NOTHING, false, 5 * SECOND);
    }
    assertThat(gauge("waiting")).isZero();
    assertThat(gauge("dials")).isEqualTo(4);
    assertThat(gauge("limit")).isEqualTo(8);
    budget.enter(racer(), 8 * SECOND);
    assertThat(gauge("limit")).as("one more a second").isEqualTo(11);
  }

  private static Budget.Racer racer() {
    return new Budget.Racer() {
      @Override
      public String host() {
        return "camera";
      }

      @Override
      public boolean admitted() {
        return true;
      }
    };
  }

  private static Candidate host(int number) {
    return new Candidate(new InetSocketAddress("192.0.2." + number, 554));
  }

  private double gauge(String name) {
    return registry.get("photofinish.budget." + name).gauge().value();
  }
}
