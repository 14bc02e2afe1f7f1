package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Family;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random races, with random options, answers, devices and cancels, in which anything may happen to
 * any attempt at any time. What must come out is not known; {@link FakeDriver} checks after every
 * step what must hold for all of them.
 */
final class SimulationTest {
  private static final long MS = 1_000_000;
  private static final List<Cause> CAUSES = List.of(Cause.values());
  private static final List<Stage> STAGES =
      List.of(Stage.CONNECTED, Stage.SECURED, Stage.RESPONDED, Stage.READY);
  private static final List<Strategy> STRATEGIES =
      List.of(Strategy.NONE, Strategy.FIRST_WINS, Strategy.LAST_WINS, Strategy.HYBRID);

  @Test
  void aFewRaces() {
    for (long seed = 0; seed < 300; seed++) {
      new Simulation(seed).run();
    }
  }

  @Test
  @Tag("long")
  void fourThousandRaces() {
    races(4_000);
  }

  @Test
  @Tag("exhaustive")
  void aHundredThousandRaces() {
    races(100_000);
  }

  private static void races(int count) {
    long seed = Long.getLong("photofinish.seed", System.nanoTime());
    System.out.println("simulation: seed " + seed);
    Map<Result, Integer> results = new TreeMap<>();
    for (long i = 0; i < count; i++) {
      try {
        results.merge(new Simulation(seed + i).run(), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + (seed + i), e);
      }
    }
    System.out.println("simulation: " + results);
    assertThat(results).containsOnlyKeys(Result.values());
  }

  private static final class Simulation {
    private final Random random;
    private final FakeDriver driver;
    private final int endpoints;
    private final int limit;
    private final boolean dropsOldest;
    private final boolean impatient;
    private final int calm;
    private final List<Integer> onDevice = new ArrayList<>();
    private final List<RaceEvent> unanswered = new ArrayList<>();
    private long now;

    Simulation(long seed) {
      random = new Random(seed);
      endpoints = 1 + random.nextInt(3);
      limit = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : Integer.MAX_VALUE;
      dropsOldest = random.nextBoolean();
      impatient = random.nextInt(10) == 0;
      calm = oneOf(List.of(2, 6, 30));
      driver = new FakeDriver(options(), endpoints, random.nextLong());
      for (int endpoint = 0; endpoint < endpoints; endpoint++) {
        for (Family family : Family.values()) {
          int place = random.nextInt(unanswered.size() + 1);
          unanswered.add(place, answer(endpoint, family));
        }
      }
    }

    private RaceOptions options() {
      return RaceOptions.builder()
          .connectionRacing(oneOf(STRATEGIES))
          .maxParallelConnections(1 + random.nextInt(random.nextBoolean() ? 3 : 16))
          .maxConnectedAttempts(random.nextBoolean() ? 16 : 1 + random.nextInt(3))
          .allowShortDelay(true)
          .racingDelay(Duration.ofMillis(10 + random.nextInt(random.nextBoolean() ? 90 : 1990)))
          .racingDelayMultiplier(1 + (random.nextBoolean() ? 0 : random.nextDouble() * 9))
          .racingTimeout(Duration.ofMillis(1 + random.nextInt(random.nextBoolean() ? 500 : 9000)))
          .resolutionDelay(Duration.ofMillis(random.nextInt(2001)))
          .redial(random.nextBoolean())
          .renewal(random.nextBoolean())
          .preferredAddressFamilyCount(1 + random.nextInt(3))
          .interleaveEndpoints(random.nextBoolean())
          .build();
    }

    private <T> T oneOf(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private RaceEvent answer(int endpoint, Family family) {
      List<String> all = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        all.add((family == Family.IPV6 ? "2001:db8::" : "192.0.2.") + (1 + random.nextInt(9)));
      }
      return RaceScript.answer(endpoint, family, all.toArray(String[]::new));
    }

    Result run() {
      for (int steps = 0; !driver.isDecided(); steps++) {
        assertThat(steps).as("steps").isLessThan(20_000);
        instant();
        driver.drain(now);
        if (!driver.isDecided()) {
          passTime(driver.deadline().orElseThrow());
        }
      }
      afterwards();
      return Objects.requireNonNull(driver.report().result());
    }

    private void passTime(long deadline) {
      // Without an attempt the next deadline is often the race's end already.
      boolean timer = random.nextInt(driver.open().isEmpty() ? 20 : 3) == 0;
      long most = Math.min(deadline - now, 300 * MS);
      now = timer ? deadline : now + (long) (random.nextDouble() * most);
    }

    /** Events of one instant, in the order of rule 8. */
    private void instant() {
      for (int attempt : driver.open()) {
        if (random.nextInt(calm) == 0) {
          reach(attempt);
        }
      }
      for (int attempt : driver.open()) {
        if (random.nextInt(2 * calm) == 0) {
          end(attempt, oneOf(CAUSES));
        }
      }
      if (driver.dialledCount() > 0 && random.nextInt(20) == 0) {
        int attempt = 1 + random.nextInt(driver.dialledCount()); // over, or not
        driver.handle(now, new RaceEvent.Ended(attempt, Cause.TIMEOUT));
      }
      while (!unanswered.isEmpty() && random.nextInt(3) == 0) {
        driver.handle(now, unanswered.remove(0));
      }
      if (random.nextInt(impatient ? 10 : 500) == 0) {
        driver.handle(now, new RaceEvent.Cancelled());
      }
    }

    private void reach(int attempt) {
      Stage stage = oneOf(STAGES);
      driver.handle(now, new RaceEvent.Reached(attempt, stage));
      onDevice.retainAll(driver.open());
      if (!onDevice.contains(attempt)) {
        onDevice.add(attempt);
      }
      if (onDevice.size() > limit) {
        end(onDevice.remove(dropsOldest ? 0 : limit), dropsOldest ? Cause.CLOSED : Cause.RESET);
      }
    }

    private void end(int attempt, Cause cause) {
      driver.handle(now, new RaceEvent.Ended(attempt, cause));
    }

    /** What still comes in after the decision changes nothing. */
    private void afterwards() {
      for (int attempt = 1; attempt <= Math.min(3, driver.dialledCount()); attempt++) {
        driver.handle(now, new RaceEvent.Reached(attempt, Stage.READY));
        end(attempt, Cause.CLOSED);
      }
      assertThat(driver.drain(now + 1000 * MS)).isEmpty();
    }
  }
}
