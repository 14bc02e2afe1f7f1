package dev.photofinish.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Permit;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.race.limiter.SharedDialLimiter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialLimiterMetricsTest {
  private static final long SECOND = 1_000_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void showsWhatIsDialledWhoWaitsAndHowManyMayDial() {
    SharedDialLimiter limiter =
        new SharedDialLimiter(DialLimiterOptions.builder().maxDials(16).build());
    new DialLimiterMetrics(limiter).bindTo(registry);
    assertThat(gauge("limit")).isEqualTo(16);
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Permit permit = limiter.acquire(waiter(), 0);
      if (permit != null) {
        permits.add(permit);
      }
    }
    assertThat(gauge("dials")).isEqualTo(16);
    assertThat(gauge("waiting")).isEqualTo(4);

    for (int i = 0; i < 16; i++) {
      permits.get(i).ask(host(i), true, 0);
    }
    for (int i = 0; i < 16; i++) {
      permits.get(i).ended(host(i), 0, Permit.Heard.NOTHING, false, 5 * SECOND);
    }
    assertThat(gauge("waiting")).isZero();
    assertThat(gauge("dials")).isEqualTo(4);
    assertThat(gauge("limit")).isEqualTo(8);
    limiter.acquire(waiter(), 8 * SECOND);
    assertThat(gauge("limit")).as("one more a second").isEqualTo(11);
  }

  private static DialLimiter.Waiter waiter() {
    return new DialLimiter.Waiter() {
      @Override
      public String host() {
        return "camera";
      }

      @Override
      public boolean granted(Permit permit) {
        return true;
      }
    };
  }

  private static Candidate host(int number) {
    return new Candidate(new InetSocketAddress("192.0.2." + number, 554));
  }

  private double gauge(String name) {
    return registry.get("photofinish.limiter." + name).gauge().value();
  }
}
