package dev.photofinish.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.Option;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 5,000 cameras drop in one instant; for 20 s every SYN is lost. */
class StormTest {
  private static final int CAMERAS = 5000;
  private static final Duration DARK = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS", "LAST_WINS", "HYBRID"})
  void allAreBackWithinTheBudget(Strategy strategy) {
    long seed = System.nanoTime();
    System.out.println("storm: " + Option.word(strategy) + ", seed " + seed);
    Storm.Course course = Storm.run(setup(strategy, BudgetOptions.defaults(), seed));
    System.out.printf(
        "storm: %s: %d dials, at most %d at once, all back after %.2f s, peak of %d connects in"
            + " 100 ms, at most %d waiting%n",
        Option.word(strategy),
        course.dials(),
        course.peakInProgress(),
        course.allBackAt() / 1e9,
        course.peakConnects(),
        course.mostWaiting());
    assertThat(course.peakInProgress()).isLessThanOrEqualTo(128);
    assertThat(course.dials()).isLessThanOrEqualTo(CAMERAS * 6 / 5);
    assertThat(Duration.ofNanos(course.allBackAt())).isBetween(DARK, DARK.plusSeconds(10));
    assertThat(course.peakConnects())
        .as("128 at once, 24 ms each at least on average")
        .isLessThan(700);
    assertThat(course.mostWaiting()).isLessThan(CAMERAS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS"})
  void withoutABudgetItIsAStorm(Strategy strategy) {
    Storm.Course course = Storm.run(setup(strategy, null, 1));
    System.out.println(
        "storm without a budget: "
            + Option.word(strategy)
            + ": "
            + course.dials()
            + " dials, at most "
            + course.peakInProgress()
            + " at once, peak of "
            + course.peakConnects()
            + " connects in 100 ms, all back after "
            + course.allBackAt() / 1e9);
    assertThat(course.peakInProgress()).isGreaterThanOrEqualTo(CAMERAS);
    assertThat(course.dials()).isGreaterThan(3 * CAMERAS);
  }

  private static Storm.Setup setup(
      Strategy strategy, @org.jspecify.annotations.Nullable BudgetOptions budget, long seed) {
    RaceOptions race = RaceOptions.builder().connectionRacing(strategy).build();
    return new Storm.Setup(CAMERAS, DARK, race, budget, seed);
  }
}
