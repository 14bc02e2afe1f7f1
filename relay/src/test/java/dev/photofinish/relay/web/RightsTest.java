package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.web.access.Access;
import dev.photofinish.relay.web.access.Grants;
import dev.photofinish.relay.web.access.Right;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what someone sees who may see one of two cameras and change nothing. */
@Timeout(120)
class RightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The cameras that the user may view; empty where there is no such user any more. */
  private volatile Set<String> viewed = Set.of("door");

  private final Grants grants =
      (right, camera) ->
          right == Right.VIEW && camera.map(viewed::contains).orElse(!viewed.isEmpty());

  /** Who asks from now on; the rights of one who is doubtful cannot be found out while in doubt. */
  private volatile String user = "known";

  private volatile boolean inDoubt;

  private Grants grantsOf(String name) {
    return (right, camera) -> {
      if (inDoubt && name.equals("doubtful")) {
        throw new IllegalStateException("the list of users is away");
      }
      return grants.has(right, camera);
    };
  }

  private final FakeCameras cameras = new FakeCameras();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .authorizer(
              request ->
                  CompletableFuture.completedFuture(
                      grants.has(request.right(), request.camera())
                          ? Access.allowed(grantsOf(user))
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
    BufferedReader events = events();
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

  private BufferedReader events() throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            client.send(to("/events").build(), BodyHandlers.ofInputStream()).body(),
            StandardCharsets.UTF_8));
  }

  @Test
  void aCameraThatOneMaySeeNoMoreIsGoneFromThePage() throws Exception {
    viewed = Set.of("door", "yard");
    try (BufferedReader events = events()) {
      while (!events.readLine().equals("event: cameras")) {}
      assertThat(events.readLine()).contains("door", "yard");
      viewed = Set.of("door");
      while (!events.readLine().equals("event: removed")) {}
      assertThat(events.readLine()).isEqualTo("data: {\"camera\":\"yard\"}");
      while (!events.readLine().equals("event: figures")) {}
      assertThat(events.readLine()).contains("door");
    }
  }

  @Test
  void eventsOfAUserWhoIsRemovedEnd() throws Exception {
    try (BufferedReader events = events()) {
      while (!events.readLine().equals("event: cameras")) {}
      viewed = Set.of();
      awaitEnd(events);
    }
  }

  private SocketMessages live(String camera) {
    SocketMessages messages = new SocketMessages();
    client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create(
                "ws://127.0.0.1:" + server.address().getPort() + "/cameras/" + camera + "/live"),
            messages)
        .join();
    return messages;
  }

  private static String text(SocketMessages messages) throws Exception {
    return new String(messages.next(), StandardCharsets.UTF_8);
  }

  @Test
  void livePicturesOfAUserWhoMaySeeThemNoMoreEndWithTheReason() throws Exception {
    viewed = Set.of("door", "yard");
    cameras.put("yard", "H264");
    FakeCamera door = cameras.put("door", "H264");
    var frames = new TestFrames();
    SocketMessages kept = live("door");
    SocketMessages ended = live("yard");
    viewed = Set.of("door");
    assertThat(text(ended))
        .isEqualTo("{\"type\":\"ended\",\"reason\":\"the right to view was revoked\"}");
    door.source().send(frames.picture(true));
    assertThat(text(kept)).contains("\"type\":\"media\"");
  }

  /** Authorizers of one's own may ask a database that is away. */
  @Test
  void aRightThatCannotBeFoundOutIsNoneAndKeepsNobodyElseFromBeingEnded() throws Exception {
    user = "known";
    SocketMessages live = live("door");
    try (BufferedReader events = events()) {
      user = "doubtful";
      SocketMessages doubtful = live("door");
      try (BufferedReader doubtfulEvents = events()) {
        inDoubt = true;
        awaitEnd(doubtfulEvents);
        assertThat(text(doubtful)).contains("revoked");
        viewed = Set.of();
        awaitEnd(events);
        assertThat(text(live)).contains("revoked");
      }
    }
  }

  private static void awaitEnd(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (line != null) {
      line = events.readLine();
    }
  }
}
