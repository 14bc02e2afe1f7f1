package dev.photofinish.cli.gst;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.HangUp;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.lab.Fault;
import dev.photofinish.camera.lab.Lab;
import dev.photofinish.camera.lab.LabProcess;
import dev.photofinish.camera.lab.Needs;
import dev.photofinish.cli.Photofinish;
import dev.photofinish.cli.command.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promises of {@code ./gates}, kept by {@code photofinishsrc} in a pipeline. {@code rtspsrc}
 * plays from a camera of the same kind beside it, and is not judged: rows of a table say what each
 * did, as {@code docs/gstreamer.md} has them.
 */
@Tag("lab")
@Tag("gstreamer")
class GStreamerGatesLabTest {
  private static final String OURS = "photofinishsrc";
  private static final String THEIRS = "rtspsrc";
  private static final String HOST = Path.of("src/test/resources/gst-gates.py").toString();
  private static final Duration LIMIT = Plugin.LIMIT;
  private static final int GOAL = 30;
  private static final int SOME = 10;

  /** No file: pictures count from the first one on. */
  private static final String AT_ONCE = "";

  /** Of three SYNs the kernel drops two. */
  private static final Fault TWO_OF_THREE_SYNS =
      new Fault(List.of("tcp flags & (syn|ack) == syn numgen inc mod 3 < 2 drop"), List.of());

  @TempDir private static Path folder;
  private static Plugin plugin;

  @BeforeAll
  static void needs() throws IOException {
    plugin = Plugin.in(folder);
  }

  /** The first request to each camera is never answered. */
  @Test
  void firstWins() throws Exception {
    SimulatedCamera.Builder settings = SimulatedCamera.builder().mute();
    try (SimulatedCamera ours = settings.start();
        SimulatedCamera theirs = settings.start();
        LabProcess host =
            play(
                AT_ONCE,
                ours.url(),
                theirs.url(),
                Map.of("connection-racing", "first-wins", "racing-delay-ms", 100))) {
      answerAfterTheFirstRequest(theirs);
      answerAfterTheFirstRequest(ours);
      JsonNode result = result(host);
      row("first-wins", OURS, result.path(OURS), ours.report());
      row("first-wins", THEIRS, result.path(THEIRS), theirs.report());
      checkPlayed(result.path(OURS), GOAL);
      assertThat(ours.report().connections()).isGreaterThan(1);
    }
  }

  private static void answerAfterTheFirstRequest(SimulatedCamera camera) throws Exception {
    camera.await(report -> !report.requests().isEmpty(), LIMIT);
    camera.unmute();
  }

  /** Each camera takes one client, closes the older connection for a newer one, and is slow. */
  @Test
  void lastWins() throws Exception {
    SimulatedCamera.Builder settings =
        SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).answerDelay(Duration.ofMillis(400));
    try (SimulatedCamera ours = settings.start();
        SimulatedCamera theirs = settings.start();
        LabProcess host =
            play(AT_ONCE, ours.url(), theirs.url(), Map.of("connection-racing", "last-wins"))) {
      JsonNode result = result(host);
      row("last-wins", OURS, result.path(OURS), ours.report());
      row("last-wins", THEIRS, result.path(THEIRS), theirs.report());
      checkPlayed(result.path(OURS), GOAL);
      // Two where the machine stood still, so that an answer came before the third was due.
      assertThat(ours.report().connections()).isBetween(2, 3);
    }
  }

  /** Each camera ends its connections once both elements play. */
  @ParameterizedTest
  @EnumSource
  void replacement(HangUp how) throws Exception {
    Path back = folder.resolve("back-after-" + how);
    try (SimulatedCamera ours = SimulatedCamera.builder().start();
        SimulatedCamera theirs = SimulatedCamera.builder().start();
        LabProcess host =
            play(
                back.toString(), ours.url(), theirs.url(), Map.of("retry-strategy", "immediate"))) {
      for (String element : List.of(OURS, THEIRS)) {
        host.awaitLine(element + " plays", LIMIT);
      }
      for (SimulatedCamera camera : List.of(ours, theirs)) {
        if (how == HangUp.RST) {
          camera.dropAll();
        } else {
          camera.hangUp();
        }
      }
      ours.await(report -> report.connections() == 2, LIMIT);
      Files.createFile(back);
      JsonNode result = result(host);
      row("replacement, " + how, OURS, result.path(OURS), ours.report());
      row("replacement, " + how, THEIRS, result.path(THEIRS), theirs.report());
      checkPlayed(result.path(OURS), GOAL);
    }
  }

  /** The kernel drops two of three SYNs and a twentieth of the datagrams of media. */
  @Test
  void packetLoss() throws Exception {
    Needs.lab(Assumptions::abort);
    try (Lab lab = Lab.open()) {
      String address = lab.server4().getHostAddress();
      lab.server()
          .startJava(LIMIT, Photofinish.class, "camera", "--port=8554", "--address=" + address)
          .awaitLine("rtsp://", Duration.ofSeconds(30));
      Map<String, ?> racing =
          Map.of("connection-racing", "first-wins", "racing-delay-ms", 100, "protocols", "udp");
      String url = "rtsp://" + address + ":8554/stream";
      for (String element : List.of(THEIRS, OURS)) {
        lab.server().inflict(TWO_OF_THREE_SYNS, Fault.loseRtp(5));
        Map<String, ?> properties = element.equals(OURS) ? racing : Map.of("protocols", "udp");
        try (LabProcess host =
            plugin.start(
                Plugin.PYTHON,
                HOST,
                "play",
                String.valueOf(SOME),
                AT_ONCE,
                element,
                properties(url, properties))) {
          JsonNode played = result(host).path(element);
          row("packet-loss", element, played, lostDatagrams(lab) + " datagrams lost");
          if (element.equals(OURS)) {
            checkPlayed(played, SOME);
          }
        }
      }
    }
  }

  private static String lostDatagrams(Lab lab) {
    String rules = lab.server().run("nft", "list", "ruleset");
    List<String> words = List.of(rules.split("\\s+"));
    return words.get(words.indexOf("packets") + 1);
  }

  /** One stop while it plays, one while the camera accepts and does not answer. */
  @Test
  void cleanup() throws Exception {
    stop(THEIRS, Map.of());
    stop(OURS, Map.of("connection-racing", "first-wins", "racing-delay-ms", 100));
  }

  private static void stop(String element, Map<String, ?> properties) throws Exception {
    boolean isOurs = element.equals(OURS);
    Path connected = folder.resolve(element + "-is-connected");
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        SimulatedCamera mute = SimulatedCamera.builder().mute().start();
        LabProcess host =
            plugin.start(
                Plugin.PYTHON,
                HOST,
                "stop",
                connected.toString(),
                element,
                properties(camera.url(), properties),
                element,
                properties(mute.url(), properties))) {
      mute.awaitConnections(isOurs ? 3 : 1, LIMIT);
      Files.createFile(connected);
      JsonNode result = result(host);
      row(
          "cleanup",
          element,
          "stopped in %s and %s ms, first while it played, then while it connected"
              .formatted(result.path("playing"), result.path("connecting")),
          "%d and %d connections open"
              .formatted(camera.report().connectionsOpen(), mute.report().connectionsOpen()));
      if (isOurs) {
        camera.awaitConnections(0, LIMIT);
        mute.awaitConnections(0, LIMIT);
        assertThat(camera.report().sessionsLeftBehind()).isZero();
      }
    }
  }

  private static LabProcess play(
      String from, String ours, String theirs, Map<String, ?> properties) {
    return plugin.start(
        Plugin.PYTHON,
        HOST,
        "play",
        String.valueOf(GOAL),
        from,
        OURS,
        properties(ours, properties),
        THEIRS,
        properties(theirs, Map.of()));
  }

  private static String properties(String url, Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(Map.of("location", url, "protocols", "tcp"));
    all.putAll(more);
    return Json.line(all);
  }

  private static JsonNode result(LabProcess host) throws InterruptedException {
    return Host.parse(host.awaitLine("result ", LIMIT).substring("result ".length()));
  }

  private static void checkPlayed(JsonNode ours, int goal) {
    assertThat(ours.path("end").isNull()).as("%s", ours).isTrue();
    assertThat(ours.path("pictures").asInt()).isGreaterThanOrEqualTo(goal);
  }

  private static void row(String gate, String element, JsonNode played, CameraReport seen) {
    int dropped = seen.droppedByLimit();
    row(gate, element, played, seen.connections() + " connections, " + dropped + " lost a place");
  }

  private static void row(String gate, String element, JsonNode played, String seen) {
    String did =
        played.path("firstMs").isNull()
            ? "no picture"
            : "first picture after " + played.path("firstMs") + " ms";
    String end = played.path("end").isNull() ? "goes on" : "ended: " + played.path("end").asText();
    row(gate, element, did + ", " + played.path("pictures") + " in all, " + end, seen);
  }

  private static void row(String gate, String element, String did, String seen) {
    System.out.printf("| %s | %s | %s | %s |%n", gate, element, did, seen);
  }
}
