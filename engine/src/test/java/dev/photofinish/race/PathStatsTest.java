package dev.photofinish.race;

import static dev.photofinish.race.Learnt.candidate;
import static dev.photofinish.race.Learnt.nanos;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The delay and the patience of a race that knows something from earlier ones. */
@Tag("first-wins")
class PathStatsTest {
  private static final PathStats QUICK = PathStats.of(nanos(2), nanos(1), nanos(2));

  /** clamp(max(2·smoothed, 95th percentile), 100, 2000). */
  @ParameterizedTest
  @CsvSource({"10, 10, 100", "80, 10, 160", "80, 700, 700", "1500, 10, 2000", "80, 5000, 2000"})
  void derivesTheDelay(long smoothed, long percentile95, long delay) {
    PathStats experience = PathStats.of(nanos(smoothed), 0, nanos(percentile95));

    assertThat(experience.delay()).isEqualTo(nanos(delay));
  }

  @Test
  void autoDelayComesFromTheCandidatesHistory() {
    assertThat(starts("racing-delay-ms=auto", known(60, 0), 400)).startsWith(0L, 120L);
  }

  @Test
  void autoDelayIs250WithoutAConnectTime() {
    assertThat(starts("racing-delay-ms=auto", null, 400)).startsWith(0L, 250L);
    assertThat(starts("racing-delay-ms=auto", new PathStats(-1, -1, -1, true, true), 400))
        .startsWith(0L, 250L);
  }

  @Test
  void aDelayInNumbersIsWhatItSays() {
    assertThat(starts("racing-delay-ms=300", known(60, 0), 400)).startsWith(0L, 300L);
  }

  /** With history, patience does not double: three places give a fresh SYN every d. */
  @Test
  void aSilentAddressGetsAFreshSynEveryDelay() {
    assertThat(starts("racing-delay-ms=100", QUICK, 5000))
        .containsExactlyElementsOf(everyHundred(5000));
    assertThat(starts("racing-delay-ms=100", null, 1000))
        .as("without history, attempts 4 to 6 are given twice the time")
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 900L);
  }

  /** max(3·d, max-parallel-connections·d, 4·(smoothed + 4·deviation)). */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 1, 300",
    "3, 2, 1, 300",
    "5, 2, 1, 500",
    "3, 75, 0, 300",
    "3, 80, 0, 320",
    "3, 100, 25, 800",
    "6, 100, 25, 800",
    "9, 100, 25, 900"
  })
  void patienceStaysAtWhatThePathHasShownToNeed(
      int places, long smoothed, long deviation, long patience) {
    String options = "racing-delay-ms=100 max-parallel-connections=" + places;
    RaceReport report = silence(options, known(smoothed, deviation), 5000);

    assertThat(report.attempts())
        .filteredOn(attempt -> attempt.outcome() == Outcome.RETIRED)
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a.end() - a.start()).isEqualTo(nanos(patience)));
  }

  @Test
  void whatFailedWithoutAConnectTimeDoublesItsPatience() {
    assertThat(starts("racing-delay-ms=100", new PathStats(-1, -1, -1, false, true), 1000))
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 900L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"racing-delay-ms=auto", "racing-delay-ms=250"})
  void offMeansThatNothingIsAsked(String delay) {
    assertThat(starts(delay + " history=off", QUICK, 2500))
        .containsExactlyElementsOf(starts(delay, null, 2500));
  }

  private static List<Long> everyHundred(long end) {
    return LongStream.range(0, end / 100).map(n -> 100 * n).boxed().toList();
  }

  private static PathStats known(long smoothed, long deviation) {
    return PathStats.of(nanos(smoothed), nanos(deviation), nanos(smoothed));
  }

  private static List<Long> starts(String options, @Nullable PathStats past, long timeout) {
    return silence(options, past, timeout).attempts().stream()
        .map(attempt -> attempt.start() / nanos(1))
        .toList();
  }

  /** A first-wins race to one address that never answers. */
  private static RaceReport silence(String options, @Nullable PathStats past, long timeout) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("connection-racing", "first-wins");
    all.put("racing-timeout", timeout + "ms");
    for (String option : List.of(options.split(" ", -1))) {
      all.put(option.split("=", 2)[0], option.split("=", 2)[1]);
    }
    Comparator<Candidate> order = Comparator.comparing(Candidate::family);
    Race race = new Race("camera", 1, RaceOptions.of(all), order, any -> past, 0);
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV4, List.of(candidate("192.0.2.1"))));
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    long now = 0;
    while (!race.isDecided()) {
      while (race.poll(now) != null) {
        // silence answers nothing
      }
      now = race.deadline().orElse(now);
    }
    return race.report();
  }
}
