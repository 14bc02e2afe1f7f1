package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 5,000 cameras drop in one instant; for 20 s every SYN is lost. */
class StormTest {
  private static final int CAMERAS = 5000;
  private static final Duration DARK = Duration.ofSeconds(20);
  private static final DialLimiterOptions LIMITER = DialLimiterOptions.defaults();
  private static final RetryOptions AUTO = RetryOptions.defaults();

  @ParameterizedTest
  @EnumSource
  void allAreBackWithinTheLimiter(Strategy strategy) {
    Storm.Run course = run(DARK, false, strategy, AUTO, LIMITER, seed());
    assertThat(course.peakInProgress()).isLessThanOrEqualTo(128);
    assertThat(course.dials()).isLessThanOrEqualTo(CAMERAS * 6 / 5);
    assertThat(Duration.ofNanos(course.allBackAt())).isBetween(DARK, DARK.plusSeconds(10));
    assertThat(course.peakConnects())
        .as("128 at once, 24 ms each at least on average")
        .isLessThan(700);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS", "AUTO"})
  void withoutALimiterItIsAStorm(Strategy strategy) {
    Storm.Run course = run(DARK, false, strategy, AUTO, null, 1);
    assertThat(course.peakInProgress()).isGreaterThanOrEqualTo(CAMERAS);
    assertThat(course.dials()).isGreaterThan(3 * CAMERAS);
  }

  /** Without a limiter it is jitter alone that keeps apart those who failed together. */
  @Test
  void jitterSpreadsThem() {
    long seed = seed();
    RetryOptions plain = retry(RetryStrategy.EXPONENTIAL);
    RetryOptions jitter = retry(RetryStrategy.EXPONENTIAL_JITTER);
    int together = run(DARK, false, Strategy.NONE, plain, null, seed).peakConnects();
    int spread = run(DARK, false, Strategy.NONE, jitter, null, seed).peakConnects();
    assertThat(together).as("all at once").isEqualTo(CAMERAS);
    assertThat(spread).isLessThan(CAMERAS / 2);
    assertThat(run(DARK, false, Strategy.NONE, plain, LIMITER, seed).peakConnects())
        .as("the cap keeps them apart anyway")
        .isLessThan(700);
  }

  /** What is kept is counted: races in the queue, hosts that are remembered, slots. */
  @ParameterizedTest
  @EnumSource(names = {"NONE", "FIRST_WINS", "AUTO"})
  void nothingGrowsWithTheLengthOfTheOutage(Strategy strategy) {
    long seed = seed();
    Storm.Run brief = run(DARK, false, strategy, AUTO, LIMITER, seed);
    Storm.Run lengthy = run(DARK.multipliedBy(10), false, strategy, AUTO, LIMITER, seed);
    for (Storm.Run course : List.of(brief, lengthy)) {
      assertThat(course.mostEntered()).as("one race a camera").isEqualTo(CAMERAS);
      assertThat(course.mostWaiting()).isLessThan(CAMERAS);
      assertThat(course.mostRemembered())
          .as("hosts dialled in vain, and those of the last 10 ms")
          .isLessThanOrEqualTo((int) course.dials() - CAMERAS + 128);
      assertThat(course.left()).as("no more than the hosts of the last 10 ms").isLessThan(128);
    }
  }

  /** A fallback from an address that refuses is no extra load, and needs no token. */
  @ParameterizedTest
  @EnumSource
  void camerasWithARefusedIpv6AddressNeedNoTokens(Strategy strategy) {
    Storm.Run course = run(Duration.ZERO, true, strategy, AUTO, LIMITER, seed());
    assertThat(course.peakInProgress()).isLessThanOrEqualTo(128);
    assertThat(course.dials()).as("two addresses each").isBetween(10_000L, 10_500L);
    assertThat(Duration.ofNanos(course.allBackAt()))
        .as("128 at once, 35 ms each on average, and a second for last-wins")
        .isLessThan(Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @EnumSource
  void noStormOfCamerasWithARefusedIpv6Address(Strategy strategy) {
    Storm.Run course = run(DARK, true, strategy, AUTO, LIMITER, seed());
    assertThat(course.peakInProgress()).isLessThanOrEqualTo(128);
    assertThat(course.dials()).as("1.2, and the fallback").isLessThanOrEqualTo(CAMERAS * 11 / 5);
    assertThat(Duration.ofNanos(course.allBackAt())).isLessThan(DARK.plusSeconds(10));
  }

  private static Storm.Run run(
      Duration dark,
      boolean refusedIpv6,
      Strategy strategy,
      RetryOptions retry,
      @Nullable DialLimiterOptions limiter,
      long seed) {
    RaceOptions race = RaceOptions.builder().connectionRacing(strategy).build();
    Storm.Run course =
        Storm.run(new Storm.Setup(CAMERAS, dark, refusedIpv6, race, retry, limiter, seed));
    System.out.printf(
        "storm: %s + %s, %s, dark for %s: %d dials, at most %d at once, all back after %.2f s, peak"
            + " of %d connects in 100 ms, at most %d waiting, seed %d%n",
        Option.word(retry.retryStrategy()),
        Option.word(strategy),
        limiter == null ? "no limiter" : "limiter",
        dark,
        course.dials(),
        course.peakInProgress(),
        course.allBackAt() / 1e9,
        course.peakConnects(),
        course.mostWaiting(),
        seed);
    return course;
  }

  private static RetryOptions retry(RetryStrategy strategy) {
    return RetryOptions.builder().retryStrategy(strategy).build();
  }

  private static long seed() {
    return System.nanoTime();
  }
}
