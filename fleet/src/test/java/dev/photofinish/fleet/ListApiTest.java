package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.web.FleetServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of cameras by the API of any node, beside configuration files. */
class ListApiTest {
  private static final String DOOR =
      "{\"name\":\"door\",\"url\":\"rtsp://me:hunter2@127.0.0.1:9/a\",\"site\":\"north\","
          + "\"zones\":[\"b\",\"a\"],\"options\":{\"transport\":\"tcp\",\"on-demand\":\"true\"}}";

  @TempDir private Path folder;
  private final TestFleet fleet = new TestFleet();
  private final List<FleetServer> servers = new ArrayList<>();

  @AfterEach
  void close() {
    servers.forEach(FleetServer::close);
    fleet.close();
  }

  private TestFleet.Node node(boolean kept) throws Exception {
    TestFleet.Node node = fleet.start(options -> kept ? options.withState(folder) : options);
    servers.add(node.server().start());
    return node;
  }

  private HttpResponse<String> ask(int at, String method, String path, String body)
      throws Exception {
    return TestFleet.ask(servers.get(at), method, path, body);
  }

  private int status(int at, String method, String path, String body) throws Exception {
    return ask(at, method, path, body).statusCode();
  }

  private static FleetCamera door(TestFleet.Node node) {
    return Objects.requireNonNull(node.node().cameras().get("door"));
  }

  /** Before the node has heard the list it says so. */
  private void awaitReady(int at) throws InterruptedException {
    TestFleet.await(
        () -> {
          try {
            return status(at, "DELETE", "/api/cameras/none", "") == 404;
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void aChangeAtOneNodeIsThatOfAllNodes() throws Exception {
    TestFleet.Node first = node(false);
    TestFleet.Node other = node(false);
    assertThat(ask(1, "POST", "/api/cameras", DOOR))
        .as("it has not heard the list")
        .matches(answer -> answer.statusCode() == 503);
    fleet.awaitAll();
    awaitReady(0);
    awaitReady(1);
    HttpResponse<String> added = ask(1, "POST", "/api/cameras", DOOR);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(added.body()).doesNotContain("hunter2");
    JsonNode camera = new ObjectMapper().readTree(added.body());
    assertThat(camera.path("url").asText()).isEqualTo("rtsp://127.0.0.1:9/a");
    assertThat(camera.path("options").path("transport").asText()).isEqualTo("tcp");
    assertThat(camera.path("changedBy").asText()).isEqualTo("api");
    assertThat(camera.path("changedAt").asText()).isEqualTo(other.node().name());
    // A majority of two is both; what follows the list there hears of it soon.
    TestFleet.await(() -> first.node().cameras().containsKey("door"));
    FleetCamera heard = door(first);
    assertThat(heard.site()).isEqualTo("north");
    assertThat(heard.zones()).containsExactly("a", "b");
    assertThat(ask(0, "POST", "/api/cameras", DOOR).body()).contains("one that no camera has yet");

    assertThat(status(0, "PATCH", "/api/cameras/door", "{\"options\":{\"transport\":\"udp\"}}"))
        .isEqualTo(200);
    TestFleet.await(() -> !heard.equals(other.node().cameras().get("door")));
    FleetCamera patched = door(other);
    assertThat(patched.options()).containsEntry("transport", "udp").containsKey("on-demand");
    assertThat(patched.url()).isEqualTo(heard.url());
    assertThat(status(0, "PATCH", "/api/cameras/door", "{\"options\":{\"on-demand\":null}}"))
        .isEqualTo(200);
    assertThat(door(first).options()).containsOnlyKeys("transport");
    assertThat(status(1, "PUT", "/api/cameras/door", DOOR.replace("/a\"", "/b\""))).isEqualTo(200);
    TestFleet.await(() -> door(first).url().endsWith("/b"));
    assertThat(status(0, "DELETE", "/api/cameras/door", "")).isEqualTo(204);
    TestFleet.await(() -> other.node().cameras().isEmpty());
    assertThat(status(1, "GET", "/api/cameras/door", "")).isEqualTo(404);
  }

  @Test
  void whatIsWrongIsSaidAndChangesNothing() throws Exception {
    TestFleet.Node node = node(false);
    fleet.awaitAll();
    awaitReady(0);
    assertThat(status(0, "POST", "/api/cameras", DOOR)).isEqualTo(201);
    Map<String, FleetCamera> before = node.node().cameras();
    String at = "/api/cameras/door";
    HttpResponse<String> moved = ask(0, "PATCH", at, "{\"site\":\"south\"}");
    assertThat(moved.statusCode()).isEqualTo(409);
    assertThat(moved.body()).contains("its site cannot change from 'north' to 'south'");
    assertThat(status(0, "PATCH", at, "{\"name\":\"yard\"}")).isEqualTo(400);
    assertThat(status(0, "PATCH", at, "{\"options\":{\"transport\":\"pigeon\"}}")).isEqualTo(400);
    assertThat(status(0, "PATCH", at, "{\"zones\":\"a\"}")).isEqualTo(400);
    assertThat(status(0, "PATCH", at, "{\"zones\":[\"a,b\"]}")).isEqualTo(400);
    assertThat(status(0, "PATCH", at, "{\"colour\":\"red\"}")).isEqualTo(400);
    assertThat(status(0, "PUT", at, "{\"options\":{}}")).isEqualTo(400);
    assertThat(status(0, "PUT", "/api/cameras/yard", "{\"url\":\"rtsp://127.0.0.1:9/\"}"))
        .isEqualTo(404);
    assertThat(status(0, "PATCH", "/api/cameras/yard", "{}")).isEqualTo(404);
    assertThat(status(0, "POST", "/api/cameras", "{\"name\":\"-\",\"url\":\"rtsp://h/\"}"))
        .isEqualTo(400);
    assertThat(node.node().cameras()).isEqualTo(before);
  }

  @Test
  void aNewAddressComesWithoutTheLoginOfTheOneBefore() throws Exception {
    TestFleet.Node node = node(false);
    fleet.awaitAll();
    awaitReady(0);
    node.node()
        .feed(
            Map.of(
                "door",
                new FleetCamera(
                    "door",
                    "rtsp://127.0.0.1:9/a",
                    "",
                    List.of(),
                    Map.of("user", "me", "password", "hunter2", "transport", "tcp"))));
    TestFleet.await(() -> node.node().cameras().containsKey("door"));
    assertThat(ask(0, "GET", "/api/cameras", "").body())
        .contains("\"changedBy\":\"file\"", "transport")
        .doesNotContain("hunter2");
    assertThat(status(0, "PATCH", "/api/cameras/door", "{\"url\":\"rtsp://127.0.0.1:9/b\"}"))
        .isEqualTo(200);
    assertThat(door(node).options()).containsOnly(Map.entry("transport", "tcp"));
  }

  /**
   * With a folder the node has the list, without one the others; the file is the same as before.
   */
  @Test
  void whatTheApiSaidOutlivesARestartOfANodeWithItsFile() throws Exception {
    FleetCamera door = FleetCamera.of("door", "rtsp://127.0.0.1:9/file");
    FleetCamera yard = FleetCamera.of("yard", "rtsp://127.0.0.1:9/yard");
    Map<String, FleetCamera> file = Map.of("door", door, "yard", yard);
    TestFleet.Node stays = node(false);
    for (boolean kept : List.of(false, true)) {
      TestFleet.Node node = node(kept);
      fleet.awaitAll();
      int at = servers.size() - 1;
      awaitReady(at);
      node.node().feed(file);
      TestFleet.await(() -> stays.node().cameras().keySet().containsAll(file.keySet()));
      assertThat(
              status(
                  at, "PATCH", "/api/cameras/door", "{\"url\":\"rtsp://127.0.0.1:9/" + at + "\"}"))
          .isEqualTo(200);
      assertThat(status(at, "DELETE", "/api/cameras/yard", "")).isEqualTo(204);
      Map<String, FleetCamera> byApi = node.node().cameras();
      assertThat(byApi).containsOnlyKeys("door");
      TestFleet.await(() -> stays.node().cameras().equals(byApi));
      servers.get(at).close();
      fleet.end(node);

      TestFleet.Node again = node(kept);
      again.node().feed(file);
      awaitReady(servers.size() - 1);
      fleet.awaitAll();
      TestFleet.await(() -> again.node().cameras().equals(byApi));
      assertThat(stays.node().cameras()).isEqualTo(byApi);
      again.node().feed(Map.of("door", door, "yard", FleetCamera.of("yard", "rtsp://h/edited")));
      TestFleet.await(() -> stays.node().cameras().containsKey("yard"));
      assertThat(stays.node().cameras())
          .containsEntry("door", Objects.requireNonNull(byApi.get("door")));
      servers.get(servers.size() - 1).close();
      fleet.end(again);
    }
  }
}
