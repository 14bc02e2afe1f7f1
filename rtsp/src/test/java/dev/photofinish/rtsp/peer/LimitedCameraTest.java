package dev.photofinish.rtsp.peer;

import static dev.photofinish.camera.CameraEvent.Kind.CLOSED;
import static dev.photofinish.camera.CameraEvent.Kind.CONNECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.ClientOptions;
import dev.photofinish.rtsp.client.Clients;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A camera that serves one client and closes the older connection for a newer one. */
class LimitedCameraTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private record Outcome(Duration untilFirstPacket, CameraReport seen, int races) {}

  /** What each strategy costs where an answer takes 400 ms: prints the table of the README. */
  @Test
  @Tag("last-wins")
  void everyStrategyGetsMediaAtItsPrice() throws Exception {
    row("strategy", "first packet, ms", "connections", "drops that we caused", "races");
    row("---", "---", "---", "---", "---");
    CameraReport none = row("none", watch(Strategy.NONE, 250));
    CameraReport firstWins = row("first-wins, 100 ms", watch(Strategy.FIRST_WINS, 100));
    CameraReport lastWins = row("last-wins, 250 ms", watch(Strategy.LAST_WINS, 250));
    CameraReport hybrid = row("hybrid, 100 ms", watch(Strategy.HYBRID, 100));

    assertThat(none.connections()).isEqualTo(1);
    assertThat(none.droppedByLimit()).isZero();
    assertThat(firstWins.droppedByLimit()).isPositive();
    assertThat(lastWins.connections()).isEqualTo(3);
    assertThat(hybrid.connections()).isLessThanOrEqualTo(lastWins.connections());
  }

  private static Outcome watch(Strategy strategy, long delayMillis) throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .limit(1, OnLimit.DROP_OLDEST)
                .answerDelay(Duration.ofMillis(400))
                .start();
        RtspClient client = Clients.create()) {
      RaceOptions race =
          RaceOptions.builder()
              .connectionRacing(strategy)
              .racingDelay(Duration.ofMillis(delayMillis))
              .racingTimeout(Duration.ofMinutes(1)) // this machine may stand still
              .build();
      ClientOptions patient = ClientOptions.builder().stallSuspect(Duration.ofMinutes(1)).build();
      Viewer viewer = new Viewer();
      CameraStream stream =
          client.open(Camera.at(camera.url()).withRace(race).withOptions(patient), viewer);
      viewer.watch(Duration.ofSeconds(1));
      Outcome outcome =
          new Outcome(viewer.untilFirstPacket(), camera.report(), viewer.races().size());
      stream.close();
      return outcome;
    }
  }

  private static CameraReport row(String name, Outcome outcome) {
    CameraReport seen = outcome.seen;
    row(
        name,
        outcome.untilFirstPacket.toMillis(),
        seen.connections(),
        seen.droppedByLimit(),
        outcome.races);
    return seen;
  }

  private static void row(Object... cells) {
    System.out.printf(Locale.ROOT, "| %s | %s | %s | %s | %s |%n", cells);
  }

  /** Make before break would cost such a device its stream twice. */
  @Test
  @Tag("replacement")
  void aDeviceKnownToTakeOneClientLosesItsOldConnectionFirst() throws Exception {
    Viewer viewer = new Viewer();
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start();
        RtspClient client = Clients.create();
        CameraStream stream = client.open(hybrid(camera), viewer)) {
      for (int hangUps = 1; hangUps <= 2; hangUps++) {
        // The last request is answered: none is to blame for the end of the connection.
        int connections = hangUps;
        camera.await(report -> report.requests("OPTIONS") == connections, BOUND);
        camera.hangUp();
        viewer.awaitDrop(hangUps);
        viewer.awaitReturn();
      }
      int before = camera.report().events().size();
      camera.pauseMedia();
      camera.await(report -> kinds(report, before).contains(CONNECTED), BOUND);
      camera.resumeMedia();
      viewer.awaitDrop(3);
      viewer.awaitReturn();

      assertThat(kinds(camera.report(), before)).containsSubsequence(CLOSED, CONNECTED);
      assertThat(kinds(camera.report(), before).indexOf(CLOSED))
          .as("%s%n%s", viewer, camera.report())
          .isLessThan(kinds(camera.report(), before).indexOf(CONNECTED));
      assertThat(stream.statistics().outages()).hasSize(3);
    }
  }

  private static Camera hybrid(SimulatedCamera camera) {
    return Camera.at(camera.url())
        .withRace(
            RaceOptions.builder()
                .connectionRacing(Strategy.HYBRID)
                .maxParallelConnections(1)
                .build())
        .withRetry(RetryOptions.builder().retryStrategy(RetryStrategy.IMMEDIATE).build())
        .withOptions(
            ClientOptions.builder()
                .stallSuspect(Duration.ofMillis(200))
                .stallTimeout(Duration.ofSeconds(1))
                .build());
  }

  private static List<CameraEvent.Kind> kinds(CameraReport report, int from) {
    return report.events().stream().skip(from).map(CameraEvent::kind).toList();
  }
}
