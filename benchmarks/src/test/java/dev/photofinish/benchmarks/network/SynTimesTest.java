package dev.photofinish.benchmarks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.photofinish.race.Strategy;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynTimesTest {
  private static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();

  @Test
  void theMeanTimeToTheFirstSynThatArrives() {
    SynTimes syns = new SynTimes(List.of(0.0, 100.0, 300.0));
    assertThat(syns.limit(0.5))
        .isCloseTo((0.5 * 0 + 0.25 * 100 + 0.125 * 300) / 0.875, within(1e-9));
    assertThat(syns.limit(0)).isZero();
  }

  /** Three attempts, then by rule 4 three more, each as the oldest has lost its patience. */
  @Test
  void theFirstSynsOfARace() throws Exception {
    SynTimes syns = SynTimes.of(ClientKind.options(Strategy.FIRST_WINS, 250), ADDRESS, false);
    assertThat(syns.millis()).startsWith(0.0, 250.0, 500.0, 750.0, 1000.0, 1250.0);
  }

  @Test
  void withHistoryASynEveryDelay() throws Exception {
    SynTimes syns = SynTimes.of(ClientKind.learnt(Strategy.FIRST_WINS, 100), ADDRESS, true);
    assertThat(syns.millis()).startsWith(0.0, 100.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0);
    assertThat(syns.millis()).hasSize(Client.LIMIT_MILLIS / 100);
  }
}
