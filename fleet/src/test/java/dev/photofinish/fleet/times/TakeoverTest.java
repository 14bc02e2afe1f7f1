package dev.photofinish.fleet.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of the last close and the first dial. */
class TakeoverTest {
  private static Takeover times(int removal) {
    return new Takeover(
        Duration.ofSeconds(6),
        Duration.ofSeconds(10),
        Duration.ofSeconds(7),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(removal));
  }

  @Test
  void theFirstDialIsBehindTheLastClose() {
    assertThat(times(18).lastClose()).isEqualTo(Duration.ofSeconds(28));
    assertThat(times(18).firstDial()).isEqualTo(Duration.ofSeconds(28));
    assertThat(times(18).longestGap()).isEqualTo(Duration.ofSeconds(36));
    times(18).check();
    assertThat(times(0).neededRemoval(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(21));
  }

  @Test
  void timesByWhichTwoNodesCouldHoldACameraAreRefused() {
    assertThatThrownBy(() -> times(17).check())
        .hasMessage(
            "pekko.cluster.down-removal-margin is 17.0 s: a side that lost may hold its cameras for"
                + " 28.0 s, but the other side may dial them after 27.0 s; expected at least"
                + " 18.0 s");
  }

  @Test
  void theyAreReadFromTheSettingsOfPekko() {
    Map<String, Object> given =
        Map.of(
            "pekko.cluster.down-removal-margin", "20s",
            "pekko.cluster.split-brain-resolver.down-all-when-unstable", "5s",
            "pekko.cluster.failure-detector.acceptable-heartbeat-pause", "4s");
    Takeover times =
        Takeover.of(
            ConfigFactory.parseMap(given).withFallback(ConfigFactory.defaultReference()).resolve());
    assertThat(times)
        .isEqualTo(
            new Takeover(
                Duration.ofSeconds(7),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(20)));
  }
}
