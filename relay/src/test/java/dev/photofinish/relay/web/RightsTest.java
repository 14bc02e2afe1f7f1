package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what someone sees who may see one of two cameras and change nothing. */
@Timeout(120)
class RightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Grants DOOR =
      (right, camera) -> right == Right.VIEW && camera.equals(Optional.of("door"));

  private final FakeCameras cameras = new FakeCameras();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .authorizer(
              request ->
                  CompletableFuture.completedFuture(
                      (request.camera().isEmpty() && request.right() == Right.VIEW)
                              || DOOR.has(request.right(), request.camera())
                          ? Access.allowed(DOOR)
                          : Access.forbidden("no")))
          .build();

  @BeforeEach
  void start() throws Exception {
    cameras.put("door", "H264");
    cameras.put("yard", "H264");
    server.start();
  }

  @AfterEach
  void close() {
    server.close();
    cameras.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.address().getPort() + path));
  }

  private String get(String path) throws Exception {
    return client.send(to(path).build(), BodyHandlers.ofString()).body();
  }

  @Test
  void otherCamerasAreInNoAnswer() throws Exception {
    assertThat(get("/api/cameras")).contains("door").doesNotContain("yard");
    assertThat(get("/metrics")).contains("door").doesNotContain("yard");
    HttpResponse<String> yard =
        client.send(to("/api/cameras/yard").build(), BodyHandlers.ofString());
    assertThat(yard.statusCode()).isEqualTo(403);
    HttpResponse<String> remove =
        client.send(to("/api/cameras/door").DELETE().build(), BodyHandlers.ofString());
    assertThat(remove.statusCode()).isEqualTo(403);
  }

  @Test
  void thePageLearnsWhatItMayOffer() throws Exception {
    JsonNode rights = JSON.readTree(get("/api/rights"));
    new ApiDescription(JSON.readTree(get("/api/openapi.json")))
        .check("/api/rights", "get", 200, rights);
    assertThat(rights.toString()).isEqualTo("{\"add\":false,\"manage\":[],\"talk\":[]}");
  }

  @Test
  void eventsAreOfTheCamerasThatOneSees() throws Exception {
    BufferedReader events =
        new BufferedReader(
            new InputStreamReader(
                client.send(to("/events").build(), BodyHandlers.ofInputStream()).body(),
                StandardCharsets.UTF_8));
    while (!events.readLine().equals("event: cameras")) {}
    assertThat(events.readLine()).contains("door").doesNotContain("yard");
    cameras.state(cameras.put("yard", "H264"), RelayState.AWAY, Instant.now(), "yard is away");
    cameras.put("gate", "H264");
    FakeCamera door = cameras.put("door", "H264");
    cameras.state(door, RelayState.AWAY, Instant.now(), "door is away");
    String line = events.readLine();
    while (!line.contains("door is away")) {
      assertThat(line).doesNotContain("yard", "gate");
      line = events.readLine();
    }
    events.close();
  }
}
