package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.cli.command.StopSignal;
import dev.photofinish.cli.fleet.NodeProcess.Started;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three nodes as processes, of which the one that holds a one-client camera dies or stands still.
 */
@Tag("lab")
class FleetProcessesLabTest {
  /** A node that is well stands still for longer than the demonstration's on a busy machine. */
  static final String BUSY_MACHINE = "--fleet-stable-after=10s";

  private static final Path KILL = Path.of("/bin/kill");

  private final Waiting waiting = new Waiting(new StopSignal(), Duration.ofMinutes(2));
  private final DemoCamera camera = DemoCamera.start(1);
  private final RtspClient client = new RtspClient();
  private DemoNodes nodes;

  /** The holder, and the viewer at another node. */
  private record Scene(Started holder, DemoViewer viewer) {}

  @BeforeEach
  void signalsCanBeSent() throws Exception {
    nodes = new DemoNodes(camera.section(), BUSY_MACHINE);
    assumeTrue(Files.isExecutable(KILL), "no " + KILL + ", which sends signals to processes");
  }

  @AfterEach
  void close() {
    client.close();
    nodes.close();
    camera.close();
  }

  private Scene scene() throws Exception {
    nodes.start(waiting, 3, started -> {});
    for (Started node : nodes.nodes()) {
      waiting.until(
          "a fleet of three with a camera that plays",
          () -> {
            nodes.mustRun();
            return node.client().fleet().path("nodes").size() == 3
                && listed(node).path("state").asText().equals("PLAYING");
          });
    }
    String name = listed(nodes.nodes().get(0)).path("node").asText();
    Started holder =
        nodes.nodes().stream().filter(n -> n.node().equals(name)).findFirst().orElseThrow();
    Started other = nodes.nodes().get(nodes.nodes().indexOf(holder) == 0 ? 1 : 0);
    DemoViewer viewer = DemoViewer.start(client, other, camera.name());
    waiting.until("a viewer that sees pictures", () -> viewer.pictures() >= 10);
    return new Scene(holder, viewer);
  }

  private static JsonNode listed(Started asked) throws IOException, InterruptedException {
    return asked.client().fleet().path("cameras").path(0);
  }

  private void awaitNewPictures(DemoViewer viewer) throws Exception {
    int seen = viewer.pictures();
    waiting.until("new pictures", () -> viewer.pictures() >= seen + 10);
  }

  /** Both connections play, or have played: the one before and the one of the next holder. */
  private void awaitPlaying(int times) throws Exception {
    waiting.until(
        "the next holder", () -> camera.camera().report().events(Kind.PLAYING).size() >= times);
  }

  @Test
  void theCameraOfANodeThatIsKilledSeesOneConnectionAtATime() throws Exception {
    Scene scene = scene();
    int before = camera.camera().report().events(Kind.PLAYING).size();
    nodes.process(scene.holder()).close();
    awaitPlaying(before + 1);
    awaitNewPictures(scene.viewer());
    CameraReport report = camera.camera().report();
    assertThat(report.connectionsPeak()).isEqualTo(1);
    assertThat(report.droppedByLimit()).isZero();
    assertThat(scene.viewer().closed()).isZero();
  }

  @Test
  void aNodeThatStoodStillLetsGoOfItsCameraAndEnds() throws Exception {
    Scene scene = scene();
    CameraReport before = camera.camera().report();
    assertThat(before.connectionsPeak()).isEqualTo(1);
    Process still = nodes.process(scene.holder()).process();
    signal("STOP", still);
    Started other = nodes.nodes().get(nodes.nodes().indexOf(scene.holder()) == 0 ? 1 : 0);
    awaitUnreachable(other, scene.holder().node());
    awaitPlaying(before.events(Kind.PLAYING).size() + 1);
    signal("CONT", still);
    assertThat(still.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(still.exitValue()).isEqualTo(1);
    awaitNewPictures(scene.viewer());
    CameraReport report = camera.camera().report();
    // The socket of the one that stood still was open when the next holder dialled, and its process
    // alone could have closed it. It has dialled no more.
    assertThat(report.connections()).isEqualTo(before.connections() + 1);
    assertThat(report.connectionsPeak()).isLessThanOrEqualTo(2);
    assertThat(report.connectionsOpen()).isEqualTo(1);
    assertThat(scene.viewer().closed()).isZero();
  }

  /** Without a drain before, and long before others could take it for lost. */
  @Test
  void aNodeThatIsAskedToEndGivesAwayItsCameraFirst() throws Exception {
    Scene scene = scene();
    Started other = nodes.nodes().get(nodes.nodes().indexOf(scene.holder()) == 0 ? 1 : 0);
    long promised = other.client().fleet().path("longestGapMs").asLong();
    int before = camera.camera().report().events(Kind.PLAYING).size();
    Process ending = nodes.process(scene.holder()).process();
    long start = System.nanoTime();
    signal("TERM", ending);
    awaitPlaying(before + 1);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertThat(took).as("ms, of %s of a node that is lost", promised).isLessThan(promised / 2);
    assertThat(ending.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ending.exitValue()).isZero();
    awaitNewPictures(scene.viewer());
    assertThat(camera.camera().report().connectionsPeak()).isEqualTo(1);
    assertThat(scene.viewer().closed()).isZero();
  }

  /** The node and its camera are shown so until it is removed. */
  private void awaitUnreachable(Started asked, String node) throws Exception {
    waiting.until(
        node + " to be shown as unreachable",
        () -> {
          JsonNode fleet = asked.client().fleet();
          for (JsonNode one : fleet.path("nodes")) {
            if (one.path("node").asText().equals(node) && one.hasNonNull("unreachableSince")) {
              assertThat(fleet.path("cameras").path(0).hasNonNull("unreachableSince")).isTrue();
              assertThatThrownBy(() -> asked.client().drain(node))
                  .hasMessage("That node cannot be reached at the moment.");
              return true;
            }
          }
          return false;
        });
  }

  /** Two of three hear nothing: the one that is asked keeps the change, and says how far it got. */
  @Test
  void aChangeThatIsNotAtAMajorityIsNotSaidToBe() throws Exception {
    Scene scene = scene();
    for (Started node : nodes.nodes()) {
      if (!node.equals(scene.holder())) {
        signal("STOP", nodes.process(node).process());
      }
    }
    String yard = "{\"name\":\"yard\",\"url\":\"rtsp://127.0.0.1:9/\"}";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(scene.holder().web() + "api/cameras"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(yard))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.body()).contains("\"name\":\"yard\"", "\"changedBy\":\"api\"");
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill =
        new ProcessBuilder(KILL.toString(), "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(kill.exitValue()).isZero();
  }
}
