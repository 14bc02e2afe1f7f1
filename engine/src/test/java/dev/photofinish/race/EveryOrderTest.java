package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks every order in which things can happen to a race of up to three attempts: connected, ready,
 * failed, closed, answer, cancel and the timer, each one at every point where it can happen. {@link
 * FakeDriver} checks each step of each order.
 *
 * <p>A race cannot be copied, so each order is run from its start: the list of choices made last
 * time is counted up like an odometer.
 */
final class EveryOrderTest {
  private static final long STEP = 1_000_000;
  private static final int ATTEMPTS = 3;

  private final List<Integer> choices = new ArrayList<>();
  private final List<Integer> alternatives = new ArrayList<>();
  private int depth;

  private FakeDriver driver = new FakeDriver(RaceOptions.defaults(), 1, 0);
  private boolean aaaaAnswered;
  private boolean aAnswered;
  private long now;

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"none, 1000", "first-wins, 50000", "last-wins, 100000", "hybrid, 50000"})
  void everyInvariantHoldsInEveryOrder(String strategy, int atLeast) {
    long orders = 0;
    do {
      walkOnce(strategy);
      orders++;
    } while (nextOrder());
    System.out.println(strategy + ": " + orders + " orders of events");
    assertThat(orders).isGreaterThan(atLeast);
  }

  private void walkOnce(String strategy) {
    RaceOptions options = RaceScript.options(strategy + " racing-timeout=1s redial=off");
    driver = new FakeDriver(options, 1, Long.MAX_VALUE - 300 * STEP);
    aaaaAnswered = false;
    aAnswered = false;
    now = 0;
    depth = 0;
    driver.drain(0);
    while (!driver.isDecided()) {
      if (driver.dialledCount() > ATTEMPTS) {
        driver.finish();
        return;
      }
      List<Runnable> possible = possible();
      possible.get(choose(possible.size())).run();
      driver.drain(now);
    }
  }

  private List<Runnable> possible() {
    List<Runnable> possible = new ArrayList<>();
    possible.add(() -> now = driver.deadline().orElseThrow());
    possible.add(event(new RaceEvent.Cancelled()));
    if (!aaaaAnswered) {
      possible.add(
          () -> {
            aaaaAnswered = true;
            event(RaceScript.aaaa(RaceScript.A6, RaceScript.B6)).run();
          });
    }
    if (!aAnswered) {
      possible.add(
          () -> {
            aAnswered = true;
            event(RaceScript.a(RaceScript.A)).run();
          });
    }
    for (RaceReport.Attempt attempt : driver.report().attempts()) {
      if (attempt.outcome() == null) {
        ofAttempt(attempt, e -> possible.add(event(e)));
      }
    }
    return possible;
  }

  private static void ofAttempt(RaceReport.Attempt attempt, Consumer<RaceEvent> possible) {
    int number = attempt.number();
    if (attempt.connected() < 0) {
      possible.accept(RaceScript.connected(number));
    }
    if (attempt.ready() < 0) {
      possible.accept(RaceScript.ready(number));
      possible.accept(RaceScript.ended(number, Cause.TIMEOUT));
    }
    possible.accept(RaceScript.closed(number));
  }

  /** Something happens before the timer: a millisecond from now, or at the deadline if sooner. */
  private Runnable event(RaceEvent event) {
    return () -> {
      now = Math.min(now + STEP, driver.deadline().orElseThrow());
      driver.handle(now, event);
    };
  }

  private int choose(int of) {
    if (depth == choices.size()) {
      choices.add(0);
      alternatives.add(of);
    }
    assertThat(alternatives.get(depth)).as("the same race, the same choice").isEqualTo(of);
    return choices.get(depth++);
  }

  private boolean nextOrder() {
    for (int last = choices.size() - 1; last >= 0; last--) {
      int next = choices.remove(last) + 1;
      int of = alternatives.remove(last);
      if (next < of) {
        choices.add(next);
        alternatives.add(of);
        return true;
      }
    }
    return false;
  }
}
