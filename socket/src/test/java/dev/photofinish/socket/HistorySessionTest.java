package dev.photofinish.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.net.BadServer;
import dev.photofinish.host.HistorySession;
import dev.photofinish.host.LocalNetwork;
import dev.photofinish.host.SharedHistory;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.limiter.SharedDialLimiter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The history that races of plain sockets share with all others of the process. */
@Timeout(120)
class HistorySessionTest {
  private final SharedHistory history = new SharedHistory(new LocalNetwork(() -> "the test"));

  private RacingSocketFactory racing(String options) {
    return new RacingSocketFactory(options).history(history).limiter(SharedDialLimiter.unlimited());
  }

  /** An earlier race connected to {@code remote} after {@code took}. */
  private void knows(InetSocketAddress remote, Duration took) {
    long end = took.toNanos();
    RaceReport.Attempt won =
        new RaceReport.Attempt(
            1, new Candidate(remote), 0, end, end, end, Stage.READY, Outcome.WON, null, null);
    RaceOptions options = RaceOptions.defaults();
    RaceReport report =
        new RaceReport(
            "earlier", Strategy.NONE, options, List.of(), List.of(won), Result.WON, won, end);
    long now = System.nanoTime();
    HistorySession.of(options, history, 1, now).learn(report, now);
  }

  private static String first(RacingSocketFactory factory, String host, int port) throws Exception {
    Reports reports = new Reports();
    try (Socket socket = factory.onDecided(reports).createSocket(host, port)) {
      assertThat(socket.isConnected()).isTrue();
    }
    return Addresses.text(reports.first().attempts().get(0).candidate().remote().getAddress());
  }

  @Test
  void whatWorkedIsDialledFirstButForEveryTenthRace() throws Exception {
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer alive = Peer.echo("127.1.1.2", silent.address().getPort())) {
      RacingSocketFactory learns = racing("racing-delay-ms=100");
      assertThat(first(learns, "race.test", alive.port())).isEqualTo("127.1.1.1");
      for (int race = 2; race < 10; race++) {
        assertThat(first(learns, "race.test", alive.port())).as("race %s", race).endsWith(".2");
      }
      assertThat(first(learns, "race.test", alive.port())).as("a fresh look").endsWith(".1");
      assertThat(first(learns, "race.test", alive.port())).endsWith(".2");
      assertThat(first(racing("racing-delay-ms=100,history=off"), "race.test", alive.port()))
          .endsWith(".1");
    }
  }

  private static RaceReport intoSilence(RacingSocketFactory factory, BadServer silent, int timeout)
      throws Exception {
    Reports reports = new Reports();
    try (Socket socket = factory.onDecided(reports).createSocket()) {
      assertThatThrownBy(() -> socket.connect(silent.address(), timeout))
          .isInstanceOf(SocketTimeoutException.class);
    }
    return reports.first();
  }

  /** A known short path gets a fresh SYN ever again; an unknown one is given more and more time. */
  @Test
  void patienceWithAKnownAddressStaysWhatItIs() throws Exception {
    String options = "racing-delay-ms=100,max-parallel-connections=1";
    try (BadServer silent = BadServer.blackHole()) {
      assertThat(intoSilence(racing(options), silent, 1150).attempts())
          .as("unknown: 300, then 600 ms")
          .hasSizeLessThanOrEqualTo(3);
      knows(silent.address(), Duration.ofMillis(1));
      assertThat(intoSilence(racing(options), silent, 6000).attempts())
          .as("known: the delay")
          .hasSizeGreaterThan(6);
    }
  }

  @Test
  void theDelayFollowsWhatConnectingTook() throws Exception {
    try (BadServer silent = BadServer.blackHole()) {
      assertThat(intoSilence(racing("racing-delay-ms=auto"), silent, 4000).attempts())
          .as("unknown: 250 ms, on a machine that may stand still")
          .hasSizeGreaterThanOrEqualTo(3);
      knows(silent.address(), Duration.ofMillis(400)); // makes 800
      assertThat(intoSilence(racing("racing-delay-ms=auto"), silent, 600).attempts()).hasSize(1);
    }
  }

  /** Such as the one that a JDBC driver makes for each of its connections. */
  @Test
  void factoriesLearnFromOneAnother() throws Exception {
    try (BadServer silent = BadServer.blackHole("127.1.1.1");
        Peer alive = Peer.echo("127.1.1.2", silent.address().getPort())) {
      List<String> firsts = new ArrayList<>();
      for (int race = 1; race <= 10; race++) {
        firsts.add(first(new RacingSocketFactory(), "race.test", alive.port()));
      }
      assertThat(firsts).startsWith("127.1.1.1").contains("127.1.1.2");
    }
  }
}
