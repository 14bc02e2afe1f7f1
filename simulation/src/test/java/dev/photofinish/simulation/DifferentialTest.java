package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.option.Option;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.address.Addresses;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Race} against {@link NaiveRace}, a second reading of the contract. */
final class DifferentialTest {

  private static final List<String> STRATEGIES =
      List.of("none", "first-wins", "last-wins", "hybrid");
  private static final List<String> NETWORKS =
      List.of("drop-oldest", "reject-new", "silent", "no limit");
  private static final List<String> RESULTS = List.of("won", "failed", "timed-out", "cancelled");
  private static final List<String> OUTCOMES =
      List.of("won", "cancelled", "failed", "replaced", "evicted", "retired", "timed-out");

  /** A seed's races: one that knows nothing of its addresses, one that does. */
  private static void expectSame(long seed) {
    expectSame(seed, RandomScenario.draw(new Random(seed)));
    expectSame(seed, RandomScenario.drawWithHistory(new Random(seed)));
  }

  private static NaiveRace.Played expectSame(long seed, Map<String, Object> scenario) {
    NaiveRace.Played expected = new NaiveRace(scenario).play();
    NaiveRace.Played played = played(Replay.run(ScenarioReader.read(scenario)));
    if (!played.equals(expected)) {
      assertThat(played.toString())
          .as("seed %s: %s", seed, scenario)
          .isEqualTo(expected.toString());
    }
    return played;
  }

  @Test
  void bothReadingsDecideTheFirstThousandRacesAlike() {
    for (long seed = 0; seed < 1000; seed++) {
      expectSame(seed);
    }
  }

  /**
   * What the two once decided otherwise: a connection closed in the instant of another's arrival, a
   * failure and the end of a share in the instant of the cancel, very many doublings of patience.
   */
  @ParameterizedTest
  @ValueSource(longs = {7088, 9295, 15_740, 71_524, 130_788})
  void bothReadingsDecideWhatOnceDifferedAlike(long seed) {
    expectSame(seed);
  }

  /** Says how many of each kind were compared: what never occurs is not held against anything. */
  @Test
  @Tag("long")
  void bothReadingsDecideRandomRacesAlike() {
    decideAlike(6_000);
  }

  /** As many as {@code -Dphotofinish.races} says. */
  @Test
  @Tag("exhaustive")
  void bothReadingsDecideAHundredThousandRacesAlike() {
    decideAlike(Integer.getInteger("photofinish.races", 100_000));
  }

  private static void decideAlike(int races) {
    long seed = Long.getLong("photofinish.seed", System.nanoTime());
    System.out.printf("second reading: %,d races, seed %d%n", races, seed);
    Map<String, Map<String, Integer>> kinds = new TreeMap<>();
    for (long i = 0; i < races; i++) {
      Random random = new Random(seed + i);
      Map<String, Object> scenario =
          i % 2 == 0 ? RandomScenario.draw(random) : RandomScenario.drawWithHistory(random);
      count(kinds, scenario, expectSame(seed + i, scenario));
    }
    kinds.forEach((kind, counts) -> System.out.println("  " + kind + ": " + counts));
    for (String strategy : STRATEGIES) {
      assertThat(kinds.get("networks of " + strategy)).containsOnlyKeys(NETWORKS);
      assertThat(kinds.get("results of " + strategy)).containsOnlyKeys(RESULTS);
    }
    assertThat(kinds.get("outcomes of attempts")).containsOnlyKeys(OUTCOMES);
    assertThat(kinds.get("candidates")).containsOnlyKeys("known", "resolved");
  }

  private static void count(
      Map<String, Map<String, Integer>> kinds,
      Map<String, Object> scenario,
      NaiveRace.Played played) {
    String strategy = word(scenario, "options", "connection-racing");
    String network =
        scenario.containsKey("device") ? word(scenario, "device", "policy") : "no limit";
    count(kinds, "networks of " + strategy, network);
    count(kinds, "results of " + strategy, played.result());
    count(kinds, "history of " + strategy, scenario.containsKey("history") ? "some" : "none");
    count(kinds, "candidates", scenario.containsKey("resolution") ? "resolved" : "known");
    played.attempts().forEach(line -> count(kinds, "outcomes of attempts", line.outcome()));
  }

  private static String word(Map<String, Object> scenario, String part, String key) {
    return scenario.get(part) instanceof Map<?, ?> map ? String.valueOf(map.get(key)) : "";
  }

  private static void count(Map<String, Map<String, Integer>> kinds, String kind, String word) {
    kinds.computeIfAbsent(kind, k -> new TreeMap<>()).merge(word, 1, Integer::sum);
  }

  /** The report in the form of {@link NaiveRace#play}. */
  static NaiveRace.Played played(RaceReport report) {
    RaceReport.Attempt winner = report.winner();
    return new NaiveRace.Played(
        word(report.result()),
        winner == null ? 0 : winner.number(),
        report.decidedAt(),
        report.attempts().stream().map(DifferentialTest::line).toList());
  }

  private static NaiveRace.Line line(RaceReport.Attempt a) {
    return new NaiveRace.Line(
        a.number(),
        Addresses.text(a.candidate().remote().getAddress()),
        NaiveRace.millis(a.start()),
        NaiveRace.millis(a.connected()),
        NaiveRace.millis(a.ready()),
        NaiveRace.millis(a.end()),
        word(a.outcome()),
        word(a.cause()));
  }

  private static String word(@Nullable Enum<?> constant) {
    return constant == null ? "" : Option.word(constant);
  }
}
