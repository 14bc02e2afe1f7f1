package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.route.Target;
import dev.photofinish.host.LocalNetwork;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The driver step by step: no sockets, no threads, and a clock that the test turns. */
@SuppressWarnings("FutureReturnValueIgnored") // everything runs in this thread, in run()
class RaceDriverTest extends DriverScript {
  private static final RaceOptions AUTO_DELAY = FIRST_WINS.toBuilder().racingDelayAuto().build();

  @Test
  void oneTimerARace() {
    listen("192.0.2.1", false);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    for (int i = 0; i < 2000; i++) {
      run(1);
      assertThat(Timers.pending(loop)).isOne();
    }
    race.cancel(true);
    run(0);
    assertThat(Timers.pending(loop)).isZero();
    assertThat(connector.racing()).isZero();
  }

  @Test
  void startsAreWhereTheRaceWantsThem() throws Exception {
    listen("192.0.2.1", false);
    listen("192.0.2.2", false);
    listen("192.0.2.3", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1", "192.0.2.2", "192.0.2.3");
    run(600);
    RaceReport report = race.get().report();
    assertThat(starts(report)).containsExactly(0L, 250L, 500L);
    assertThat(report.attempts())
        .extracting(RaceReport.Attempt::outcome)
        .containsExactly(Outcome.CANCELLED, Outcome.CANCELLED, Outcome.WON);
    assertThat(dialled).extracting(Channel::isOpen).containsExactly(false, false, true);
  }

  @Test
  void anInitializerThatThrowsLosesItsAttemptAlone() {
    AttemptInitializer broken =
        (channel, attempt) -> {
          dialled.add(channel);
          throw new IllegalStateException("no handler today");
        };
    RaceFuture race = connector.connect(Target.parse("192.0.2.1:554"), FIRST_WINS, broken);
    run(0);
    assertThatThrownBy(race::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .satisfies(
            lost ->
                assertThat(lost.getSuppressed()[0])
                    .hasMessageContaining("cause local (no handler today)"));
    assertThat(dialled).noneMatch(Channel::isOpen);
  }

  @Test
  void theTimeoutEndsWhatIsStillDialling() {
    listen("192.0.2.1", false);
    RaceOptions options = FIRST_WINS.toBuilder().racingTimeout(Duration.ofMillis(400)).build();
    RaceFuture race = race(options, "192.0.2.1");
    run(400);
    assertThatThrownBy(race::get)
        .cause()
        .isInstanceOf(RaceException.class)
        .hasMessageContaining("timed-out after 400.0 ms (first-wins, 2 attempts)");
    assertThat(dialled).hasSize(2).noneMatch(Channel::isOpen);
  }

  /** Local connects take no time: with history the automatic delay is at its minimum of 100 ms. */
  @Test
  void anAutomaticDelayLearnsFromEarlierRaces() {
    learn(1);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void everyTenthRaceIgnoresWhatWasLearnt() {
    learn(9);
    assertThat(secondStart()).as("the tenth").isEqualTo(250);
    assertThat(secondStart()).as("the eleventh").isEqualTo(100);
  }

  @Test
  void withHistoryOffNothingIsAskedAndNothingLearnt() {
    learn(1);
    assertThat(secondStart(AUTO_DELAY.toBuilder().history(false).build())).isEqualTo(250);
  }

  @Test
  void withHistoryOffNothingIsLearnt() {
    learn(1, AUTO_DELAY.toBuilder().history(false).build());
    assertThat(secondStart()).isEqualTo(250);
  }

  @Test
  void theTenthRaceLearnsToo() {
    learn(9, AUTO_DELAY.toBuilder().history(false).build());
    learn(1);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void connectorsMayShareWhatTheyLearn() {
    SharedHistory shared = new SharedHistory(new LocalNetwork(() -> "lan"));
    connector = connector(shared);
    learn(1);
    connector = connector(shared);
    assertThat(secondStart()).isEqualTo(100);
  }

  @Test
  void onAnotherNetworkNothingIsKnown() {
    AtomicReference<String> network = new AtomicReference<>("lan");
    connector = connector(new SharedHistory(new LocalNetwork(network::get)));
    learn(1);
    network.set("lte");
    run(1000);
    assertThat(secondStart()).isEqualTo(250);
  }

  private Connector connector(SharedHistory history) {
    return Connector.builder().eventLoopGroup(loop).ticker(clock).history(history).build();
  }

  private void learn(int races) {
    learn(races, AUTO_DELAY);
  }

  private void learn(int races, RaceOptions options) {
    Channel listener = listen("192.0.2.1", true);
    for (int i = 0; i < races; i++) {
      race(options, "192.0.2.1");
      run(0);
    }
    listener.close();
    run(0);
  }

  private long secondStart() {
    return secondStart(AUTO_DELAY);
  }

  private long secondStart(RaceOptions options) {
    Channel listener = listen("192.0.2.1", false);
    RaceFuture race = race(options, "192.0.2.1");
    int before = dialled.size();
    int millis = 0;
    for (run(0); dialled.size() < before + 2 && millis < 1000; millis++) {
      run(1);
    }
    race.cancel(true);
    listener.close();
    run(0);
    return millis;
  }

  @Test
  void theWinnersAttachmentComesWithTheConnection() throws Exception {
    listen("192.0.2.1", false);
    listen("192.0.2.2", true);
    AttemptInitializer attaching =
        (channel, attempt) -> {
          initialize(channel, attempt);
          attempt.attach("attempt " + attempt.number());
        };
    Target two = Target.parse("192.0.2.1:554,192.0.2.2:554");
    RaceFuture race = connector.connect(two, FIRST_WINS, attaching);
    run(300);
    assertThat(race.get().attachment(String.class)).isEqualTo("attempt 2");
    assertThatThrownBy(() -> race.get().attachment(Integer.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the attempt attached a java.lang.String; expected a java.lang.Integer");
  }

  @Test
  void withoutAnAttachmentTheConnectionSaysSo() throws Exception {
    listen("192.0.2.1", true);
    RaceFuture race = race(FIRST_WINS, "192.0.2.1");
    run(1);
    assertThat(race.get().attachment()).isNull();
    assertThatThrownBy(() -> race.get().attachment(String.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("attached nothing");
  }
}
