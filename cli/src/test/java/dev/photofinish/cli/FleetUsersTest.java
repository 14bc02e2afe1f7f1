package dev.photofinish.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.CameraState;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of the {@code fleet} command: their rights hold at a node that holds no camera too. */
@Timeout(120)
class FleetUsersTest {
  private static final RetryOptions ONE_TRY =
      RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();

  @TempDir private Path folder;
  private final List<Cli> nodes = new ArrayList<>();
  private final List<CompletableFuture<Cli.Result>> results = new ArrayList<>();

  /** Its first line of JSON. */
  private Map<String, Object> node(String... more) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "fleet",
                "--json",
                "--listen=127.0.0.1:0",
                "--rtsp=127.0.0.1:0",
                "--web=127.0.0.1:0"));
    words.addAll(List.of(more));
    Cli cli = new Cli();
    nodes.add(cli);
    results.add(CompletableFuture.supplyAsync(() -> cli.execute(words.toArray(new String[0]))));
    cli.await(text -> text.contains("\"event\":\"node\"") && text.contains("\n"));
    return Cli.parse(cli.out().lines().findFirst().orElseThrow());
  }

  /** What {@code fleet} says of a node that is asked with a login. */
  private static Cli.Result ask(
      Map<String, Object> node, String user, String password, String... words) {
    URI web = URI.create(String.valueOf(node.get("web")));
    List<String> all = new ArrayList<>(List.of("fleet"));
    all.addAll(List.of(words));
    all.add("--web=" + web.getAuthority());
    if (web.getScheme().equals("https")) {
      all.add("--web-tls");
      all.add("--tls-insecure");
    }
    if (!user.isEmpty()) {
      all.add("--user=" + user);
      all.add("--password=" + password);
    }
    return Cli.run(all.toArray(new String[0]));
  }

  /** Until the node has heard of the list, and who holds them, it has no such cameras. */
  private static void awaitCameras(Map<String, Object> node) {
    long end = System.nanoTime() + SECONDS.toNanos(60);
    String table = "";
    while (table.split("PLAYING", -1).length < 3) {
      assertThat(end - System.nanoTime()).as("time left, with %s", table).isPositive();
      table = ask(node, "anna", "one", "status").out();
    }
  }

  private static Camera camera(Map<String, Object> node, String name, String user, String word) {
    return Camera.at(node.get("rtsp") + name).withCredentials(user, word);
  }

  private Path users() throws Exception {
    return Files.writeString(
        folder.resolve("users.txt"),
        new Cli().input("one\n").execute("user", "anna").out()
            + new Cli().input("two\n").execute("user", "bert").out()
            + new Cli().input("three\n").execute("user", "boss").out());
  }

  /** A camera {@code door} with these rights, and {@code street}, which is anyone's. */
  private Path cameras(SimulatedCamera camera, String rights) throws IOException {
    return Files.writeString(
        folder.resolve("cameras.toml"),
        """
        [door]
        url = "%1$s"
        %2$s
        [street]
        url = "%1$s"
        view = "anyone"
        """
            .formatted(camera.url(), rights));
  }

  @Test
  void rightsOfTheListHoldAtEveryNode() throws Exception {
    Path users = users();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      Path config = cameras(camera, "view = 'anna'");
      Map<String, Object> first = node("--users=" + users, "--config=" + config);
      Map<String, Object> other = node("--users=" + users, "--join=" + first.get("node"));
      for (Map<String, Object> node : List.of(first, other)) {
        awaitCameras(node);
        try (CameraStream stream = client.open(camera(node, "door", "anna", "one"))) {
          assertThat(stream.streams()).isNotEmpty();
        }
        Camera hidden = camera(node, "door", "bert", "two").withRetry(ONE_TRY);
        assertThatThrownBy(() -> client.open(hidden))
            .isInstanceOfSatisfying(
                CameraFailedException.class,
                e -> assertThat(e.failure()).isEqualTo(TryFailure.NO_SUCH_STREAM));
        assertThatThrownBy(() -> client.open(camera(node, "door", "anna", "two")))
            .isInstanceOf(CameraFailedException.class);
        try (CameraStream stream = client.open(Camera.at(node.get("rtsp") + "street"))) {
          assertThat(stream.streams()).isNotEmpty();
        }
      }
    }
  }

  /**
   * He reads at the node that does not hold the camera, which the list alone tells of his rights.
   */
  @Test
  void aReaderWhoseRightsAreTakenAtOneNodeIsEndedAtTheOther() throws Exception {
    Path users = users();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      Path config = cameras(camera, "view = 'anna,boss'\nmanage = 'boss'");
      Map<String, Object> first = node("--users=" + users, "--config=" + config);
      Map<String, Object> other = node("--users=" + users, "--join=" + first.get("node"));
      awaitCameras(other);
      List<CameraStream> anna = new ArrayList<>();
      List<CameraStream> boss = new ArrayList<>();
      for (Map<String, Object> node : List.of(first, other)) {
        anna.add(client.open(camera(node, "door", "anna", "one").withRetry(ONE_TRY)));
        boss.add(client.open(camera(node, "door", "boss", "three").withRetry(ONE_TRY)));
      }
      assertThat(change(first, "door", "{\"options\":{\"view\":\"boss\"}}")).isEqualTo(200);
      for (CameraStream stream : anna) {
        stream.ended().handle((end, failure) -> end).toCompletableFuture().get(60, SECONDS);
      }
      for (Map<String, Object> node : List.of(first, other)) {
        assertThatThrownBy(
                () -> client.open(camera(node, "door", "anna", "one").withRetry(ONE_TRY)))
            .isInstanceOf(CameraFailedException.class);
      }
      assertThat(boss).allMatch(stream -> stream.state() == CameraState.PLAYING);
      boss.forEach(CameraStream::close);
    }
  }

  /** Changes a camera of the list as boss; returns the status. */
  private static int change(Map<String, Object> node, String camera, String json) throws Exception {
    String login = Base64.getEncoder().encodeToString("boss:three".getBytes(US_ASCII));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.get("web") + "api/cameras/" + camera))
            .header("Authorization", "Basic " + login)
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(json))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @AfterEach
  void stop() throws Exception {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      nodes.get(i).stop().request();
      assertThat(results.get(i).get(60, SECONDS).exit()).isZero();
    }
  }

  @Test
  void pageAndReadersHaveLoginsAndTls() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      Path config =
          Files.writeString(
              folder.resolve("cameras.toml"),
              """
              manage = "boss"
              [door]
              url = "%s"
              view = "anna,boss"
              manage = "anna"
              [street]
              url = "%s"
              site = "north"
              [yard]
              url = "%s"
              site = "north"
              manage = "bert"
              """
                  .formatted(camera.url(), camera.url(), camera.url()));
      Map<String, Object> node =
          node(
              "--users=" + users(),
              "--config=" + config,
              "--rtsps=127.0.0.1:0",
              "--web-tls",
              "--certificate=self-signed");
      awaitCameras(node);
      assertThat(String.valueOf(node.get("certificate"))).contains(":");
      try (CameraStream stream =
          client.open(
              Camera.at(node.get("rtsps") + "door")
                  .withTlsInsecure(true)
                  .withCredentials("anna", "one"))) {
        assertThat(stream.streams()).isNotEmpty();
      }
      assertThat(ask(node, "", "", "status").err()).contains("wants a login");
      assertThat(ask(node, "anna", "two", "status").err()).contains("wants a login");
      assertThat(ask(node, "bert", "two", "status").out())
          .contains("street", "yard")
          .doesNotContain("door");
      String name = String.valueOf(node.get("node"));
      assertThat(ask(node, "anna", "one", "move", "door", name).exit()).isZero();
      assertThat(ask(node, "anna", "one", "move", "yard", name).err())
          .contains("This user has no right to do this.");
      assertThat(ask(node, "bert", "two", "move", "yard", name).err())
          .contains("A site moves as a whole");
      assertThat(ask(node, "anna", "one", "drain", name).err())
          .contains("This user has no right to do this.");
      assertThat(ask(node, "boss", "three", "drain", name).exit()).isZero();
      assertThat(
              Cli.run(
                      "fleet",
                      "status",
                      "--web-tls",
                      "--web=" + URI.create(String.valueOf(node.get("web"))).getAuthority())
                  .err())
          .contains("has a certificate that is not trusted; name its authority by --authority");
    }
  }

  @Test
  void aNodeWithUsersMayServeElsewhereAndItsPageOverTlsAlone() {
    Cli.Result page = Cli.run("fleet", "--users=users.txt", "--rtsp=0.0.0.0:0", "--web=0.0.0.0:0");
    assertThat(page.exit()).isEqualTo(2);
    assertThat(page.err()).contains("expected --users FILE with --web-tls, or --anyone");
    assertThat(Cli.run("fleet", "--rtsp=0.0.0.0:0").err())
        .contains("--rtsp: anyone who reaches 0.0.0.0:0 could read the cameras");
  }
}
