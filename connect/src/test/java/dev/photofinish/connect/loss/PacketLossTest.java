package dev.photofinish.connect.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Acceptor;
import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.Unmoved;
import dev.photofinish.connect.loss.SynSchedule.Window;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.history.History;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SYNs lost by the kernel: how many races are decided after one SYN, two and so on must be what
 * their schedule predicts.
 *
 * <p>A correct build fails {@link #theShapeIsWhatTheScheduleOfSynsPredicts} in less than one of
 * 10,000 runs: each count has two exact binomial tails, and the bound is shared by all of them. The
 * clock is not asserted: a race may be late by anything less than the gap to the next SYN. A
 * machine that stands still for longer than that is measured again.
 */
@Tag("lab")
@Tag("packet-loss")
class PacketLossTest {
  private static final int PORT = 9000;
  private static final int RACES = 600;
  private static final long DELAY = 250;
  private static final double FALSE_ALARMS = 1e-4;
  private static final List<Integer> LOSS_PERCENT = List.of(0, 30, 50);
  private static final double STALL_LIMIT_MILLIS = 150;
  private static final int MEASUREMENTS = 12;
  private static final RaceOptions NONE = RaceOptions.defaults();
  private static final RaceOptions FIRST_WINS = firstWins(DELAY);

  private static Lab lab;
  private static Connector connector;

  @BeforeAll
  static void open() throws InterruptedException {
    Needs.lab(Assumptions::abort);
    lab = Lab.open();
    lab.server()
        .startJava(Duration.ofMinutes(30), Acceptor.class, String.valueOf(PORT))
        .awaitLine(Acceptor.READY, Duration.ofMinutes(1));
    connector = Connector.builder().limiter(SharedDialLimiter.unlimited()).build();
    LossyRaces.run(connector, target(lab.server4()), FIRST_WINS, RACES);
  }

  @AfterAll
  static void close() {
    if (lab != null) {
      connector.close();
      lab.close();
    }
  }

  @ParameterizedTest(name = "{0} % loss, {1}")
  @CsvSource({
    "0, NONE", "0, FIRST_WINS",
    "30, NONE", "30, FIRST_WINS",
    "50, NONE", "50, FIRST_WINS"
  })
  void theShapeIsWhatTheScheduleOfSynsPredicts(int percent, Strategy strategy) throws IOException {
    RaceOptions options = strategy == Strategy.NONE ? NONE : FIRST_WINS;
    LossyRaces races = race(percent, options, lab.server4());
    print("%d %% loss, %s: %s", percent, strategy, races);
    for (Window window : schedule(strategy).windows()) {
      check(races, window, percent / 100.0);
    }
  }

  /**
   * What is known of a short path gives three places a fresh SYN every delay. Races that look
   * afresh are left out: they dial as if nothing were known.
   */
  @ParameterizedTest(name = "{0} % loss")
  @ValueSource(ints = {30, 50})
  void withHistoryThereIsAFreshSynEveryDelay(int percent) throws IOException {
    LossyRaces races = raceWithHistory(percent);
    for (int i = 1; i < MEASUREMENTS && races.stallMillis() > 50; i++) {
      print("measuring again: %s", races);
      races = raceWithHistory(percent);
    }
    print("%d %% loss, first-wins with history, delay 100: %s", percent, races);
    assertThat(races.millis()).hasSize(RACES);
    for (Window window : withHistory().windows()) {
      check(races, window, percent / 100.0);
    }
  }

  private static LossyRaces raceWithHistory(int percent) {
    RaceOptions options = firstWins(100).toBuilder().history(true).build();
    Target target = target(lab.server4());
    int count = RACES + RACES / (History.FRESH_LOOK - 1);
    Connector.Builder settings = Connector.builder().limiter(SharedDialLimiter.unlimited());
    try (Connector learning = settings.history(Unmoved.history()).build()) {
      lab.server().inflict(Fault.loseSyns(0));
      LossyRaces.run(learning, target, options, History.FRESH_LOOK);
      lab.server().inflict(Fault.loseSyns(percent));
      return LossyRaces.run(
          learning, target, options, count, turn -> turn % History.FRESH_LOOK != 0);
    }
  }

  private static SynSchedule withHistory() throws IOException {
    return SynSchedule.ofFirstWinsWithHistory(100, 1500, SynSchedule.linearTimeoutsOfThisKernel());
  }

  @Test
  void racingIsThreeTimesFasterUnderLoss() {
    LossyRaces none = race(30, NONE, lab.server4());
    LossyRaces defaults = race(30, FIRST_WINS, lab.server4());
    LossyRaces quick = race(30, firstWins(100), lab.server4());
    print("30 %% loss, none: %s", none);
    print("30 %% loss, first-wins, delay 250: %s", defaults);
    print("30 %% loss, first-wins, delay 100: %s", quick);
    assertThat(none.percentile(95)).isGreaterThanOrEqualTo(3 * quick.percentile(95));
  }

  @Test
  void aDeadIpv6CostsOneDelay() {
    LossyRaces races = race(0, FIRST_WINS, lab.blackHole6(), lab.server4());
    print("dead IPv6 before live IPv4, delay 250: %s", races);
    assertThat(races.percentile(0)).isGreaterThanOrEqualTo(DELAY);
    assertThat(races.percentile(95)).isLessThan(2 * DELAY);
  }

  @Test
  void aDeadIpv6CostsNoneItsPatience() {
    LossyRaces races = race(0, NONE, lab.blackHole6(), lab.server4());
    print("dead IPv6 before live IPv4, none: %s", races);
    assertThat(races.percentile(0)).isGreaterThanOrEqualTo(2000);
  }

  private static LossyRaces race(int percent, RaceOptions options, InetAddress... addresses) {
    lab.server().inflict(Fault.loseSyns(percent));
    LossyRaces races = LossyRaces.run(connector, target(addresses), options, RACES);
    for (int i = 1; i < MEASUREMENTS && races.stallMillis() > STALL_LIMIT_MILLIS; i++) {
      print("measuring again: %s", races);
      races = LossyRaces.run(connector, target(addresses), options, RACES);
    }
    return races;
  }

  private static void check(LossyRaces races, Window window, double lost) throws IOException {
    int decided = races.before(window.until());
    Binomial predicted = new Binomial(RACES, window.decidedBy(lost));
    print(
        "  %2d SYNs, before %4d ms: %5.1f %% decided, %5.1f %% predicted",
        window.syns(), window.until(), 100.0 * decided / RACES, 100 * predicted.p());
    assertThat(Math.min(predicted.atMost(decided), predicted.atLeast(decided)))
        .as(
            "probability of %d of %d races decided after %d SYNs, predicted %.4f; %s",
            decided, RACES, window.syns(), predicted.p(), races)
        .isGreaterThan(FALSE_ALARMS / tails());
  }

  private static int tails() throws IOException {
    int windows =
        schedule(Strategy.NONE).windows().size() + schedule(Strategy.FIRST_WINS).windows().size();
    return 2 * (LOSS_PERCENT.size() * windows + 2 * withHistory().windows().size());
  }

  private static SynSchedule schedule(Strategy strategy) throws IOException {
    long end = NONE.racingTimeout().toMillis();
    int linear = SynSchedule.linearTimeoutsOfThisKernel();
    return strategy == Strategy.NONE
        ? SynSchedule.ofOneDial(end, linear)
        : SynSchedule.ofFirstWins(DELAY, end, linear);
  }

  private static RaceOptions firstWins(long delayMillis) {
    return RaceOptions.builder()
        .connectionRacing(Strategy.FIRST_WINS)
        .racingDelay(Duration.ofMillis(delayMillis))
        .history(false)
        .build();
  }

  private static Target target(InetAddress... addresses) {
    return Target.of(
        List.of(addresses).stream()
            .map(address -> new Endpoint(address.getHostAddress(), PORT, false))
            .toArray(Endpoint[]::new));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
