package dev.photofinish.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.Knob;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watches simulated cameras through the command line. */
final class WatchCommandTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  @Test
  void endsAfterSoManyPacketsWithASummary() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("watch", "--json", "--packets=50", camera.url());

      assertThat(result.err()).isEmpty();
      assertThat(result.exit()).isZero();
      assertThat(result.json("race").get(0))
          .containsEntry("camera", camera.url())
          .containsEntry("result", "won")
          .containsKeys("at", "strategy", "winner", "decidedAt", "attempts");
      assertThat(result.json("state").get(0))
          .containsEntry("from", "CONNECTING")
          .containsEntry("to", "PLAYING")
          .containsOnlyKeys("event", "at", "camera", "from", "to", "reason");
      Map<String, Object> summary = result.json().get(result.lines().size() - 1);
      assertThat(summary)
          .containsOnlyKeys(
              "event",
              "at",
              "camera",
              "packets",
              "bytes",
              "lost",
              "reconnects",
              "outages",
              "bitRate",
              "frameRate",
              "longestOutageMs",
              "exit")
          .containsEntry("event", "summary")
          .containsEntry("camera", camera.url())
          .containsEntry("exit", 0);
      assertThat(summary.get("packets"))
          .satisfies(n -> assertThat(Long.parseLong(String.valueOf(n))).isGreaterThanOrEqualTo(50));
    }
  }

  @Test
  void aRecordingEndsTheCommandWithItsRange() {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().set(Knob.RECORDING, Duration.ofSeconds(60)).start()) {
      Cli.Result result = Cli.run("watch", "--json", "--range=npt=10-10.4", camera.url());

      assertThat(result.exit()).isZero();
      assertThat(result.out()).contains("\"to\":\"ENDED\"").doesNotContain("\"event\":\"retry\"");
      assertThat(camera.report().requests("PLAY")).isEqualTo(1);
    }
  }

  @Test
  void whatIsLearntOfADeviceIsTold() {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .limit(1, OnLimit.DROP_OLDEST)
            .answerDelay(Duration.ofMillis(400))
            .start()) {
      Cli.Result result =
          Cli.run(
              "watch",
              "--json",
              "--packets=5",
              "--connection-racing=hybrid",
              "--racing-delay-ms=100",
              camera.url());

      assertThat(result.json("device").get(0))
          .containsOnlyKeys(
              "event", "at", "camera", "endpoint", "limit", "policy", "status", "evidence")
          .containsEntry("limit", 1)
          .containsEntry("policy", "drops-oldest")
          .containsEntry("status", null);
    }
  }

  @Test
  void anInterruptEndsInOrder() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli cli = new Cli();
      CompletableFuture<Cli.Result> running =
          CompletableFuture.supplyAsync(() -> cli.execute("watch", "--json", camera.url()));
      cli.await(out -> out.contains("\"to\":\"PLAYING\""));

      cli.stop().request();

      Cli.Result result = running.get(BOUND.toSeconds(), TimeUnit.SECONDS);
      assertThat(result.exit()).isZero();
      assertThat(result.json("summary")).hasSize(1);
      assertThat(camera.report().requests("TEARDOWN")).isEqualTo(1);
      assertThat(camera.report().sessionsLeftBehind()).isZero();
    }
  }

  @Test
  void tellsOfMediaEverySecond() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("watch", "--json", "--duration=8s", camera.url());

      List<Map<String, Object>> lines = result.json("media");
      assertThat(lines).isNotEmpty();
      assertThat(String.valueOf(lines.get(0).get("streams")))
          .matches(
              "\\[\\{media=video, codec=H264, clockRate=90000, packets=\\d+, bytes=\\d+, lost=0,"
                  + " jitterMs=[\\d.]+, bitRate=\\d+, frameRate=[\\d.]+}, \\{media=audio,"
                  + " codec=PCMU, clockRate=8000, .*, bitRate=\\d+}]");
    }
  }

  @Test
  void theFirstRetryTellsItsWholeReason() {
    Cli.Result result =
        Cli.run("watch", "--max-reconnection-attempts=1", "rtsp://127.0.0.1:1/nobody-there");

    assertThat(result.out()).contains("the host refuses connections: race to 127.0.0.1:1 failed");
  }

  @Test
  void aCameraThatIsNotThereEndsWithOne() {
    String url;
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      url = camera.url();
    }

    Cli.Result result = Cli.run("watch", "--json", "--max-reconnection-attempts=1", url);

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.json("retry").get(0))
        .containsOnlyKeys("event", "at", "camera", "attempt", "delayMs", "strategy", "reason");
    assertThat(result.json("summary").get(0)).containsEntry("packets", 0).containsEntry("exit", 1);
  }

  @Test
  void credentialsOfTheFileOpenTheDoorAndAreNotShown(@TempDir Path folder) throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().credentials("viewer", "hunter2").start()) {
      Path file = folder.resolve("cameras.toml");
      Files.writeString(
          file,
          """
          packets = 10
          [front]
          url = "%s"
          user = "viewer"
          password = "hunter2"
          [back]
          url = "%s"
          """
              .formatted(camera.url(), camera.urlWithCredentials()));

      Cli.Result result = Cli.run("watch", "-vvv", "--config", file.toString());

      assertThat(result.exit()).as(result.out() + result.err()).isZero();
      assertThat(result.out() + result.err()).doesNotContain("hunter2");
      assertThat(result.out()).contains("summary").contains(camera.url());
    }
  }

  @Test
  void aCameraOfTheFileHasTheNameOfItsSection(@TempDir Path folder) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Path file = folder.resolve("cameras.toml");
      Files.writeString(file, "packets = 5\n[front]\nurl = \"%s\"\n".formatted(camera.url()));

      Cli.Result json = Cli.run("watch", "--json", "--config", file.toString());
      Cli.Result text = Cli.run("watch", "-v", "--config", file.toString());

      assertThat(json.json())
          .isNotEmpty()
          .allSatisfy(
              line ->
                  assertThat(line)
                      .containsEntry("camera", camera.url())
                      .containsEntry("name", "front"));
      assertThat(text.lines().get(0)).endsWith("watching front (" + camera.url() + ")");
      assertThat(text.lines())
          .filteredOn(line -> line.contains("PLAYING") || line.contains("summary"))
          .hasSize(2)
          .allMatch(line -> line.contains(" s  front  "));
      assertThat(text.err()).contains("front " + camera.url());
    }
  }

  @Test
  void wrongCredentialsEndWithOne() {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().credentials("viewer", "right").start()) {
      Cli.Result result =
          Cli.run("watch", "--user=viewer", "--password=wrong", "--json", camera.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.json("state").get(0)).containsEntry("to", "FAILED");
    }
  }

  @ParameterizedTest
  @CsvSource({"http, rtsp", "websocket, rtsp", "auto, rtsph"})
  void watchesAndRacesThroughATunnel(String transport, String scheme) {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      String url = camera.url().replace("rtsp:", scheme + ":");
      String option = "--transport=" + transport;
      assertThat(Cli.run("watch", option, "--packets=5", url).exit()).isZero();
      assertThat(Cli.run("race", option, url).exit()).isZero();
      assertThat(camera.report().requests("HTTP GET")).isEqualTo(2);
      assertThat(camera.report().requests("SETUP")).isEqualTo(2);
    }
  }

  @Test
  void aCameraWithoutATunnelIsSaidToHaveNone() {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("tunnels", "none").start()) {
      Cli.Result result =
          Cli.run("watch", "--transport=http", "--retry-strategy=none", camera.url());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.out()).contains("the camera has no such tunnel at this port and path");
    }
  }

  @Test
  void racesACameraToItsFirstResponse() {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      Cli.Result result = Cli.run("race", "--json", "--repeat=3", camera.url());

      assertThat(result.exit()).isZero();
      assertThat(result.json("race")).hasSize(3);
      assertThat(camera.report().requests("SETUP")).isZero();
    }
  }
}
