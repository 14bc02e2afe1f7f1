package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.media.RecordingOptions;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.rtsp.client.Camera;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that the API made, after a restart. */
@Timeout(120)
class StateTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("relay").resolve("state.json");
  }

  /** A relay from its start to its end. */
  private final class Run implements AutoCloseable {
    final FakeCameras cameras = new FakeCameras();
    final WebServer server;

    Run(String... configured) throws IOException {
      for (String name : configured) {
        cameras.put(name, "H264");
      }
      server =
          WebServer.builder(cameras)
              .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .recordings(RecordingOptions.in(folder.resolve("recordings")))
              .state(file())
              .build();
      server.start();
      server.restore();
    }

    int send(String method, String path, String body) throws Exception {
      URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    RelayedCamera camera(String name) {
      return cameras.camera(name).orElseThrow();
    }

    @Override
    public void close() {
      server.close();
      cameras.close();
    }
  }

  @Test
  void camerasThatWereAddedChangedAndRemovedAreAsTheyWere() throws Exception {
    Camera door;
    try (Run run = new Run()) {
      for (String name : new String[] {"door", "gate", "yard"}) {
        String camera =
            "{\"name\":\"%s\",\"url\":\"rtsp://u:p@192.0.2.1/%s\",\"options\":{\"grace\":\"7s\"}}"
                .formatted(name, name);
        assertThat(run.send("POST", "/api/cameras", camera)).isEqualTo(201);
      }
      String patch = "{\"options\":{\"while-away\":\"keep\",\"transport\":\"udp\"}}";
      assertThat(run.send("PATCH", "/api/cameras/door", patch)).isEqualTo(200);
      String put = "{\"url\":\"rtsp://192.0.2.2/gate\"}";
      assertThat(run.send("PUT", "/api/cameras/gate", put)).isEqualTo(200);
      assertThat(run.send("DELETE", "/api/cameras/yard", "")).isEqualTo(204);
      door = run.camera("door").camera();
    }
    try (Run run = new Run()) {
      assertThat(run.cameras.cameras())
          .extracting(RelayedCamera::name)
          .containsExactlyInAnyOrder("door", "gate");
      assertThat(run.camera("door").options().whileAway()).isEqualTo(WhileAway.KEEP);
      assertThat(run.camera("door").options().grace()).isEqualTo(Duration.ofSeconds(7));
      assertThat(run.camera("door").camera()).isEqualTo(door);
      assertThat(door.options().transport()).hasToString("UDP");
      assertThat(run.camera("gate").camera()).hasToString("rtsp://192.0.2.2/gate");
      assertThat(run.camera("gate").options().grace()).isEqualTo(Duration.ofSeconds(10));
    }
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  }

  @Test
  void theConfigurationWinsAndItsCamerasAreNotKept() throws Exception {
    try (Run run = new Run("door")) {
      String patch = "{\"options\":{\"while-away\":\"keep\"}}";
      assertThat(run.send("PATCH", "/api/cameras/door", patch)).isEqualTo(200);
      String camera = "{\"name\":\"gate\",\"url\":\"rtsp://192.0.2.1/gate\"}";
      assertThat(run.send("POST", "/api/cameras", camera)).isEqualTo(201);
    }
    assertThat(file()).content().contains("gate").doesNotContain("door");
    try (Run run = new Run("gate")) {
      assertThat(run.cameras.cameras()).hasSize(1);
      assertThat(run.camera("gate").camera()).hasToString("rtsp://192.0.2.10/gate");
    }
  }

  @Test
  void recordingsThatWereStartedGoOn() throws Exception {
    try (Run run = new Run("door", "gate")) {
      assertThat(run.send("PUT", "/api/cameras/door/recording", "")).isEqualTo(201);
      assertThat(run.send("PUT", "/api/cameras/gate/recording", "")).isEqualTo(201);
      assertThat(run.send("DELETE", "/api/cameras/gate/recording", "")).isEqualTo(204);
    }
    try (Run run = new Run("door", "gate")) {
      assertThat(run.send("PUT", "/api/cameras/door/recording", "")).as("is on").isEqualTo(204);
      assertThat(run.send("DELETE", "/api/cameras/gate/recording", "")).as("is off").isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{cameras                                               | it is no JSON",
        "[]                                                     | it is no object with cameras",
        "{'cameras':{'../x':{}},'recordings':[]}                | name: '../x' is not valid",
        "{'cameras':{'door':{'url':'http://x/'}},'recordings':[]} | camera door, url: ",
        "{'cameras':{'door':{'url':'rtsp://u:secret@x/','options':{'grace':'long'}}},'recordings':[]}|"
            + " camera door, grace: 'long' is not valid"
      })
  void aBadFileIsRefusedInOneSentence(String content, String expected) throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), content.replace('\'', '"'));
    assertThatThrownBy(() -> WebServer.builder(new FakeCameras()).state(file()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file() + " does not hold what a relay kept: ")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("secret")
        .hasMessageEndingWith("; repair it, or move it away");
  }
}
