package dev.photofinish.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.connect.route.Target;
import dev.photofinish.host.HistorySession;
import dev.photofinish.host.LocalNetwork;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.host.ThisProcess;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.address.Candidate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of a connector, shared or its own, in memory or in a file. */
class KeptHistoryTest {
  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("history");
  }

  /** Through the public face, with a real disk, thread and clock. */
  @Test
  void aConnectorKeepsWhatItLearns() throws Exception {
    RaceOptions options = RaceOptions.defaults();
    try (Peers peers = new Peers();
        Connector connector = Connector.builder().historyFile(path()).build()) {
      Target target = Target.of(peers.mute("127.0.0.1"));
      connector.connectBlocking(target, options).channel().close().sync();
    }
    assertThat(Files.readAllLines(path()))
        .hasSize(4)
        .startsWith("photofinish-history 1", "network " + LocalNetwork.present())
        .endsWith("end");
  }

  /** Sockets of another driver ask the same history and limiter by the platform's clock. */
  @Test
  void aConnectorLearnsByThePlatformsClock() throws Exception {
    SharedHistory history = new SharedHistory(new LocalNetwork(() -> "lan"));
    RaceOptions options = RaceOptions.defaults();
    try (Peers peers = new Peers();
        Connector connector = Connector.builder().history(history).build()) {
      Target target = Target.of(peers.mute("127.0.0.1"));
      Connection won = connector.connectBlocking(target, options);
      won.channel().close().sync();
      Candidate candidate = won.report().attempts().get(0).candidate();

      assertThat(HistorySession.of(options, history, 1, System.nanoTime()).of(candidate))
          .isNotNull();
    }
  }

  @Test
  void theLimiterOfTheProcessIsOne() {
    assertThat(Connector.processLimiter()).isSameAs(ThisProcess.limiter());
  }

  @Test
  void aConnectorHasOneHistory() {
    Connector.Builder both = Connector.builder().history(new SharedHistory()).historyFile(path());

    assertThatThrownBy(both::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected one");
  }
}
