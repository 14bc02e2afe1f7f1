package dev.photofinish.connect.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.photofinish.connect.Connector;
import dev.photofinish.connect.Connectors;
import dev.photofinish.connect.LogLines;
import dev.photofinish.connect.Peers;
import dev.photofinish.connect.route.Endpoint;
import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Stage;
import dev.photofinish.race.Strategy;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log of a race: one line at INFO, its progress at DEBUG. */
class RaceLogTest {
  private static final long MS = 1_000_000;
  private static final Candidate V6 = candidate("2001:db8::1");
  private static final Candidate V4 = candidate("192.0.2.1");
  private static final RaceOptions OPTIONS =
      RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();

  private final LogLines lines = new LogLines();
  private final RaceLog log = new RaceLog();

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void aRaceThatWasWonIsOneLine() {
    RaceReport.Attempt winner = attempt(2, V4, 262, 270, 285, Outcome.WON, null);
    log.decided(
        7,
        report(Result.WON, winner, attempt(1, V6, 12, -1, 285, Outcome.CANCELLED, null), winner));

    assertThat(lines.at(Level.INFO))
        .containsExactly(
            "race 7 to camera.example:554 won by attempt 2 to 192.0.2.1:554 after 285.0 ms"
                + " (first-wins, 2 attempts): 1 [2001:db8::1]:554 cancelled 12.0 to 285.0 ms;"
                + " 2 192.0.2.1:554 won 262.0 to 285.0 ms, connected 270.0 ms");
  }

  @Test
  void aRaceThatWasLostSaysWhy() {
    log.decided(
        8, report(Result.FAILED, null, attempt(1, V4, 0, -1, 2, Outcome.FAILED, Cause.REFUSED)));
    log.decided(9, report(Result.FAILED, null));

    assertThat(lines.at(Level.INFO))
        .containsExactly(
            "race 8 to camera.example:554 failed after 285.0 ms (first-wins, 1 attempt):"
                + " 1 192.0.2.1:554 failed 0.0 to 2.0 ms, refused",
            "race 9 to camera.example:554 failed after 285.0 ms (first-wins, 0 attempts):"
                + " no address");
  }

  @Test
  void itsOutcomeIsReportedInTheFieldsWords() {
    log.started(7, Target.parse("camera.example:554"), OPTIONS);
    log.resolved(7, 0, Family.IPV6, List.of(), "NXDOMAIN");
    log.resolved(7, 0, Family.IPV4, List.of(V4), null);
    log.attemptStarted(7, 1, V4);
    log.attemptReached(7, 1, Stage.CONNECTED);
    log.attemptEnded(7, 1, Outcome.EVICTED, Cause.CLOSED, "closed by\r\nthe peer");
    log.attemptEnded(7, 2, Outcome.TIMED_OUT, null, null);

    assertThat(lines.at(Level.DEBUG))
        .containsExactly(
            "race 7: first-wins to camera.example:554",
            "race 7: endpoint 1, AAAA: none: NXDOMAIN",
            "race 7: endpoint 1, A: 192.0.2.1:554",
            "race 7: attempt 1 dials 192.0.2.1:554",
            "race 7: attempt 1 connected",
            "race 7: attempt 1 evicted, closed: closed by\\r\\nthe peer",
            "race 7: attempt 2 timed-out");
    assertThat(lines.at(Level.INFO)).isEmpty();
  }

  @Test
  void aRealRaceLeavesOneLineAtInfo() throws Exception {
    try (Peers peers = new Peers();
        Connector connector = Connectors.create()) {
      Endpoint peer = peers.mute("127.0.0.1");
      connector.connectBlocking(Target.of(peer), OPTIONS).close();

      assertThat(lines.at(Level.INFO))
          .singleElement()
          .asString()
          .matches(
              "race \\d+ to %1$s won by attempt 1 to %1$s after [\\d.]+ ms \\(first-wins, 1 attempt\\):"
                      .formatted(peer)
                  + " 1 %s won [\\d.]+ to [\\d.]+ ms, connected [\\d.]+ ms".formatted(peer));
    }
  }

  private static RaceReport report(
      Result result, RaceReport.@Nullable Attempt winner, RaceReport.Attempt... attempts) {
    return new RaceReport(
        "camera.example:554",
        Strategy.FIRST_WINS,
        OPTIONS,
        List.of(),
        List.of(attempts),
        result,
        winner,
        285 * MS);
  }

  private static RaceReport.Attempt attempt(
      int number,
      Candidate candidate,
      long start,
      long connected,
      long end,
      Outcome outcome,
      @Nullable Cause cause) {
    return new RaceReport.Attempt(
        number,
        candidate,
        start * MS,
        connected < 0 ? -1 : connected * MS,
        outcome == Outcome.WON ? end * MS : -1,
        end * MS,
        connected < 0 ? Stage.STARTED : Stage.CONNECTED,
        outcome,
        cause,
        null);
  }

  private static Candidate candidate(String address) {
    try {
      return new Candidate(new InetSocketAddress(InetAddress.getByName(address), 554));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
