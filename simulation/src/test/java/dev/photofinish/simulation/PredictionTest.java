package dev.photofinish.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;

final class PredictionTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void synsOfOneAttemptFollowTheKernelsSchedule() {
    List<SynLoss.Dial> one = List.of(new SynLoss.Dial(0, 12 * SECOND));

    assertThat(
            SynLoss.predict(0.5, one, new SynTimetable(4)).stream().map(step -> step.at() / SECOND))
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 7L, 11L);
    assertThat(
            SynLoss.predict(0.5, one, new SynTimetable(0)).stream().map(step -> step.at() / SECOND))
        .containsExactly(0L, 1L, 3L, 7L);
  }

  @Test
  void theShareDecidedGrowsWithEachSynOfAnyAttempt() {
    List<SynLoss.Dial> two =
        List.of(new SynLoss.Dial(0, 5 * SECOND), new SynLoss.Dial(SECOND / 4, SECOND / 2));

    List<SynLoss.Step> steps = SynLoss.predict(0.3, two, new SynTimetable(4));

    assertThat(steps.get(0).share()).isCloseTo(0.7, within(1e-9));
    assertThat(steps.get(1).at()).isEqualTo(SECOND / 4);
    assertThat(steps.get(1).share()).isCloseTo(0.91, within(1e-9));
    assertThat(steps.get(2).at()).isEqualTo(SECOND);
    assertThat(steps).hasSize(6);
  }

  @Test
  void aMixtureIsDecidedByTheShareOfEach() {
    List<SynLoss.Step> often = List.of(new SynLoss.Step(0, 0.5), new SynLoss.Step(100, 0.75));
    List<SynLoss.Step> rare = List.of(new SynLoss.Step(0, 0.5), new SynLoss.Step(200, 1));

    assertThat(SynLoss.mix(0.1, rare, often))
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withComparatorForType(
                    (a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b), Double.class)
                .build())
        .containsExactly(
            new SynLoss.Step(0, 0.5), new SynLoss.Step(100, 0.725), new SynLoss.Step(200, 0.775));
  }

  /**
   * Nine of ten races know the path, and dial it every 100 ms; without, three starts are left out.
   */
  @Test
  void whatTheRacesLearntIsPredictedToo() {
    List<SynLoss.Step> steps = Prediction.of(0.5, Collections.nCopies(20, won("on"))).steps();
    List<SynLoss.Step> without = Prediction.of(0.5, Collections.nCopies(20, won("off"))).steps();

    assertThat(at(steps, 500)).isEqualTo(at(without, 500));
    assertThat(at(without, 800)).isEqualTo(at(without, 500));
    assertThat(at(steps, 800))
        .isCloseTo(0.15 * at(without, 800) + 0.85 * (1 - Math.pow(0.5, 9)), within(1e-9));
  }

  private static double at(List<SynLoss.Step> steps, long millis) {
    return steps.stream()
        .filter(step -> step.at() <= millis * SECOND / 1000)
        .mapToDouble(SynLoss.Step::share)
        .max()
        .orElse(0);
  }

  private static RaceReport won(String history) {
    Map<String, Object> options =
        Map.of("connection-racing", "first-wins", "racing-delay-ms", 100, "history", history);
    return Replay.run(
        ScenarioReader.read(
            Map.of(
                "options", options,
                "candidates", List.of("192.0.2.1"),
                "network", Map.of("192.0.2.1", List.of(Map.of("ready", 1))))));
  }

  /**
   * Last-wins waits for its newest attempt: with two places and an attempt every 250 ms, a race is
   * decided at 250 ms if the second attempt's first SYN arrives.
   */
  @Test
  void lastWinsIsNotDecidedByTheFirstSynThatArrives() {
    RaceOptions options =
        RaceOptions.builder()
            .connectionRacing(Strategy.LAST_WINS)
            .maxParallelConnections(2)
            .build();
    Candidate candidate = new Candidate(new InetSocketAddress("192.0.2.1", 554));
    RaceReport like =
        new RaceReport(
            "192.0.2.1:554",
            Strategy.LAST_WINS,
            options,
            List.of(
                new RaceReport.Answer(0, 0, Family.IPV6, List.of()),
                new RaceReport.Answer(0, 0, Family.IPV4, List.of(candidate))),
            List.of(),
            Result.WON,
            null,
            SECOND);

    Prediction prediction = Prediction.of(0.3, List.of(like));

    assertThat(prediction.name()).isEqualTo("simulated for 30 % of SYNs lost");
    assertThat(prediction.steps().get(0).at()).isEqualTo(SECOND / 4);
    assertThat(prediction.steps().get(0).share()).isCloseTo(0.7, within(0.03));
    assertThat(prediction.within(SECOND / 4 - 1)).isZero();
    assertThat(prediction.within(20 * SECOND)).isCloseTo(1, within(0.03));
  }
}
