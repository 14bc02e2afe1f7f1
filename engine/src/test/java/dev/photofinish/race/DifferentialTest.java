package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Race} against {@link NaiveRace}, a second reading of the contract. */
final class DifferentialTest {

  private static void expectSame(long seed) {
    Map<String, Object> scenario = RandomScenario.draw(new Random(seed));
    NaiveRace.Played expected = new NaiveRace(scenario).play();
    NaiveRace.Played played = played(Scenario.of(scenario).replay());
    if (!played.equals(expected)) {
      assertThat(played.toString())
          .as("seed %s: %s", seed, scenario)
          .isEqualTo(expected.toString());
    }
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

  @Test
  @Tag("long")
  void bothReadingsDecideManyRacesAlike() {
    long seed = Long.getLong("photofinish.seed", System.nanoTime());
    int races = Integer.getInteger("photofinish.races", 20_000);
    System.out.println("second reading: " + races + " races, seed " + seed);
    for (long i = 0; i < races; i++) {
      expectSame(seed + i);
    }
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
