package dev.photofinish.race;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learnt of addresses, for how long, and what a race makes of it. */
class HistoryTest {
  private static final InetSocketAddress CAMERA = address("192.0.2.1");
  private static final InetSocketAddress OTHER = address("192.0.2.2");

  private final History history = new History(2);

  @Test
  void knowsNothingAtFirst() {
    assertThat(history.of("lan", CAMERA, 0)).isNull();
  }

  /** RFC 6298 section 2: the first time counts whole, later ones by an eighth and a quarter. */
  @Test
  void smoothsConnectTimes() {
    learn("lan", CAMERA, 80, 0);
    assertThat(history.of("lan", CAMERA, 0))
        .isEqualTo(new Experience(nanos(80), nanos(40), List.of(nanos(80))));

    learn("lan", CAMERA, 160, 1);
    assertThat(history.of("lan", CAMERA, 1))
        .isEqualTo(new Experience(nanos(90), nanos(50), List.of(nanos(80), nanos(160))));
  }

  @Test
  void keepsLocalNetworksApart() {
    learn("lan", CAMERA, 80, 0);

    assertThat(history.of("lte", CAMERA, 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 5, Long.MIN_VALUE})
  void lastsTenMinutesWithoutANewConnectTime(long learnt) {
    learn("lan", CAMERA, 80, learnt);

    long end = learnt + ofMinutes(10).toNanos();
    assertThat(history.of("lan", CAMERA, end - 1)).isNotNull();
    assertThat(history.of("lan", CAMERA, end)).isNull();
  }

  @Test
  void aNewConnectTimeLetsItLast() {
    learn("lan", CAMERA, 80, 0);
    learn("lan", CAMERA, 80, ofMinutes(9).toNanos());

    assertThat(history.of("lan", CAMERA, ofMinutes(18).toNanos())).isNotNull();
  }

  @Test
  void givesUpWhatWasLongestNotUsed() {
    learn("lan", CAMERA, 80, 0);
    learn("lan", OTHER, 80, 0);
    assertThat(history.of("lan", CAMERA, 0)).isNotNull();
    learn("lte", CAMERA, 80, 0);

    assertThat(history.of("lan", OTHER, 0)).isNull();
    assertThat(history.of("lan", CAMERA, 0)).isNotNull();
    assertThat(history.of("lte", CAMERA, 0)).isNotNull();
  }

  @Test
  void forgetsWhenTheNetworkChanges() {
    learn("lan", CAMERA, 80, 0);
    history.forget();

    assertThat(history.of("lan", CAMERA, 0)).isNull();
  }

  @Test
  void doesNotLearnFromAttemptsThatNeverConnected() {
    history.learn("lan", report(CAMERA, -1), 0);

    assertThat(history.of("lan", CAMERA, 0)).isNull();
  }

  @Test
  void refusesToRememberNothing() {
    assertThatThrownBy(() -> new History(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity: 0 is not valid; expected 1 or more");
  }

  /** clamp(max(2·smoothed, 95th percentile), 100, 2000). */
  @ParameterizedTest
  @CsvSource({"10, 10, 100", "80, 10, 160", "80, 700, 700", "1500, 10, 2000", "80, 5000, 2000"})
  void derivesTheDelay(long smoothed, long slowest, long delay) {
    Experience experience = new Experience(nanos(smoothed), 0, List.of(nanos(10), nanos(slowest)));

    assertThat(experience.delay()).isEqualTo(nanos(delay));
  }

  @Test
  void takesThe95thPercentileOfTheLastTwentyTimes() {
    Experience experience = Experience.first(nanos(9000));
    for (long time : LongStream.rangeClosed(1, 20).map(i -> 21 - i).toArray()) {
      experience = experience.with(nanos(time));
    }

    assertThat(experience.recent()).hasSize(20).doesNotContain(nanos(9000));
    assertThat(experience.percentile95()).isEqualTo(nanos(19));
  }

  @Test
  void autoDelayComesFromTheCandidatesHistory() {
    assertThat(secondStart("auto", new Experience(nanos(60), 0, List.of(nanos(60)))))
        .isEqualTo(nanos(120));
  }

  @Test
  void autoDelayIs250WithoutHistory() {
    assertThat(secondStart("auto", null)).isEqualTo(nanos(250));
  }

  @Test
  void aDelayInNumbersIgnoresHistory() {
    assertThat(secondStart("300", new Experience(nanos(60), 0, List.of(nanos(60)))))
        .isEqualTo(nanos(300));
  }

  /** With history, patience does not double: three places give a fresh SYN every d. */
  @Test
  void patienceStaysAtWhatThePathHasShownToNeed() {
    Experience quick = new Experience(nanos(2), nanos(1), List.of(nanos(2)));

    assertThat(starts("100", quick, 1000))
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
    assertThat(starts("100", null, 1000))
        .as("without history, attempts 4 to 6 are given twice the time")
        .containsExactly(0L, 100L, 200L, 300L, 400L, 500L, 900L);
  }

  @Test
  void patienceIsNeverLessThanTheHistorysOwn() {
    Experience slow = new Experience(nanos(100), nanos(25), List.of(nanos(100)));

    assertThat(starts("100", slow, 1000)).containsExactly(0L, 100L, 200L, 800L, 900L);
  }

  private static long secondStart(String delay, @Nullable Experience past) {
    return starts(delay, past, 400).get(1) * ofMillis(1).toNanos();
  }

  /**
   * Start times, in milliseconds, of a first-wins race against silence that lasts {@code timeout}.
   */
  private static List<Long> starts(String delay, @Nullable Experience past, long timeout) {
    RaceOptions options =
        RaceOptions.of(
            Map.of(
                "connection-racing",
                "first-wins",
                "racing-delay-ms",
                delay,
                "racing-timeout",
                timeout + "ms"));
    Candidate candidate = new Candidate(CAMERA);
    Race race =
        new Race("camera", 1, options, Comparator.comparing(Candidate::family), any -> past, 0);
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV4, List.of(candidate)));
    race.handle(0, new RaceEvent.Resolved(0, Family.IPV6, List.of()));
    long now = 0;
    while (!race.isDecided()) {
      while (race.poll(now) != null) {
        // silence answers nothing
      }
      now = race.deadline().orElse(now);
    }
    return race.report().attempts().stream()
        .map(attempt -> attempt.start() / ofMillis(1).toNanos())
        .toList();
  }

  private void learn(String network, InetSocketAddress remote, long millis, long now) {
    history.learn(network, report(remote, nanos(millis)), now);
  }

  private static RaceReport report(InetSocketAddress remote, long connected) {
    RaceReport.Attempt attempt =
        new RaceReport.Attempt(
            1,
            new Candidate(remote),
            0,
            connected,
            -1,
            1,
            Stage.STARTED,
            Outcome.CANCELLED,
            null,
            null);
    return new RaceReport(
        "camera",
        Strategy.FIRST_WINS,
        RaceOptions.defaults(),
        List.of(),
        List.of(attempt),
        Result.FAILED,
        null,
        1);
  }

  private static InetSocketAddress address(String numeric) {
    return new InetSocketAddress(Addresses.parse(numeric), 554);
  }

  private static long nanos(long millis) {
    return ofMillis(millis).toNanos();
  }
}
