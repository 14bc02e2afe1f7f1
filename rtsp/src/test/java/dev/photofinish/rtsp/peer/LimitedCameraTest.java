package dev.photofinish.rtsp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A camera that serves one client, closes the older connection for a newer one and takes 400 ms for
 * an answer: what each strategy costs there. It prints the table of the README.
 */
@Tag("last-wins")
class LimitedCameraTest {
  private static final int RUNS = 5;
  private static final String ROW = "| %s | %s | %s | %s | %s |%n";

  private record Visit(Duration untilFirstPacket, CameraReport seen, int races) {}

  @Test
  void everyStrategyGetsMediaAtItsPrice() throws Exception {
    System.out.printf(
        Locale.ROOT,
        ROW,
        "strategy",
        "first packet, ms",
        "connections",
        "drops we caused",
        "races");
    System.out.printf(Locale.ROOT, ROW, "---", "---", "---", "---", "---");
    CameraReport none = visits("none", Strategy.NONE, 250);
    visits("first-wins, 100 ms", Strategy.FIRST_WINS, 100);
    CameraReport lastWins = visits("last-wins, 250 ms", Strategy.LAST_WINS, 250);
    visits("hybrid, 100 ms", Strategy.HYBRID, 100);

    assertThat(none.connections()).isEqualTo(1);
    assertThat(none.droppedByLimit()).isZero();
    assertThat(lastWins.connections()).isEqualTo(3);
  }

  private static CameraReport visits(String name, Strategy strategy, long delayMillis)
      throws Exception {
    Visit best = visit(strategy, delayMillis);
    for (int run = 1; run < RUNS; run++) {
      Visit next = visit(strategy, delayMillis);
      best = next.untilFirstPacket.compareTo(best.untilFirstPacket) < 0 ? next : best;
    }
    System.out.printf(
        Locale.ROOT,
        ROW,
        name,
        best.untilFirstPacket.toMillis(),
        best.seen.connections(),
        best.seen.droppedByLimit(),
        best.races);
    return best.seen;
  }

  private static Visit visit(Strategy strategy, long delayMillis) throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .limit(1, OnLimit.DROP_OLDEST)
                .answerDelay(Duration.ofMillis(400))
                .start();
        RtspClient client = new RtspClient()) {
      RaceOptions race =
          RaceOptions.builder()
              .connectionRacing(strategy)
              .racingDelay(Duration.ofMillis(delayMillis))
              .build();
      Viewer viewer = new Viewer();
      CameraStream stream = client.open(Camera.at(camera.url()).withRace(race), viewer);
      viewer.watch(Duration.ofSeconds(1));
      Visit visit = new Visit(viewer.untilFirstPacket(), camera.report(), viewer.races().size());
      stream.close();
      return visit;
    }
  }
}
