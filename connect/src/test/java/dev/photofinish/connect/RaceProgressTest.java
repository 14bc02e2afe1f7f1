package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.connect.observe.RaceProgress;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Family;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Running races as {@link RaceProgress} shows them. */
@Timeout(120)
class RaceProgressTest {
  private final RaceProgress progress = new RaceProgress();

  @Test
  void aRaceIsSeenWhileItIsOnAndNoLonger() throws Exception {
    try (Peers peers = new Peers();
        Connector connector = Connectors.builder().listener(progress).build()) {
      Endpoint refusing = Peers.refuses("127.0.0.1");
      Endpoint mute = peers.mute("127.0.0.2");
      RaceOptions options =
          RaceOptions.builder()
              .connectionRacing(Strategy.FIRST_WINS)
              .racingTimeout(Duration.ofMinutes(1))
              .build();
      RaceFuture race = connector.connect(Target.of(refusing, mute), options, new Greeting());
      Eventually.holds("connected", () -> connected(progress.races()));

      RaceProgress.Snapshot now = progress.races().get(0);
      assertThat(now.report().target()).isEqualTo(refusing + "," + mute);
      assertThat(now.report().strategy()).isEqualTo(Strategy.FIRST_WINS);
      assertThat(now.report().result()).isNull();
      assertThat(now.report().decidedAt()).isEqualTo(-1);
      RaceReport.Attempt failed = now.report().attempts().get(0);
      assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(failed.end()).isBetween(failed.start(), now.at());
      RaceReport.Attempt open = now.report().attempts().get(1);
      assertThat(open.outcome()).isNull();
      assertThat(open.connected()).isBetween(open.start(), now.at());
      assertThat(open.ready()).isEqualTo(-1);
      assertThat(open.end()).isEqualTo(-1);
      assertThat(now.awaited()).isEmpty();

      race.cancel(false);
      Eventually.holds("no race is on", () -> progress.races().isEmpty());
    }
  }

  @Test
  void whatIsAskedIsAwaitedUntilItIsAnswered() {
    progress.started(3, Target.parse("a.example:554,192.0.2.1:554"), RaceOptions.defaults());
    progress.resolved(3, 1, Family.IPV6, List.of(), null);
    progress.resolved(3, 1, Family.IPV4, List.of(), null);
    progress.resolved(3, 0, Family.IPV4, List.of(), null);

    assertThat(progress.races().get(0).awaited())
        .containsExactly(new RaceProgress.Question(0, Family.IPV6));
    assertThat(progress.races().get(0).race()).isEqualTo(3);
  }

  private static boolean connected(List<RaceProgress.Snapshot> races) {
    return races.stream()
        .flatMap(race -> race.report().attempts().stream())
        .anyMatch(attempt -> attempt.connected() >= 0);
  }
}
