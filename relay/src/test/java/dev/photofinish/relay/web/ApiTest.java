package dev.photofinish.relay.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.media.RecordingOptions;
import dev.photofinish.media.picture.PictureDecoder;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.relay.source.ReaderInfo;
import dev.photofinish.relay.web.http.Route;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.ClientOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON API, held against its own description. */
// A read of a response cannot be interrupted.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeCameras cameras = new FakeCameras();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server =
      WebServer.builder(cameras)
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .recordings(RecordingOptions.in(Path.of("target", "recordings")))
          .build();
  private ApiDescription description = new ApiDescription(JSON.nullNode());

  @BeforeEach
  void start() throws Exception {
    server.start();
    description = new ApiDescription(JSON.readTree(get("/api/openapi.json").body()));
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

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(to(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> add(String body) throws IOException, InterruptedException {
    return send("POST", "/api/cameras", body);
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        to(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** Asks, and checks the answer against the description. */
  private JsonNode valid(String path, String described) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode json = JSON.readTree(answer.body());
    description.check(described, "get", 200, json);
    return json;
  }

  @Test
  void describesExactlyWhatIsServedBesidesThePage() {
    Set<String> served = new TreeSet<>();
    for (Route route : server.routes()) {
      if (route.path().indexOf('/', 1) > 0 || !route.path().contains(".")) {
        served.add(route.method().name().toLowerCase(Locale.ROOT) + " " + route.path());
      }
    }
    served.remove("get /");
    assertThat(description.operations()).isEqualTo(served);
  }

  @Test
  void listsCamerasWithoutTheirPasswords() throws Exception {
    cameras.put("door", "H264", "PCMU");
    cameras.put("yard", "H264");
    JsonNode list = valid("/api/cameras", "/api/cameras");
    assertThat(list.toString()).doesNotContain("secret", "admin");
    assertThat(list.get("cameras")).hasSize(2);
    JsonNode door = valid("/api/cameras/door", "/api/cameras/{name}");
    assertThat(door).isEqualTo(list.get("cameras").get(0));
    assertThat(door.get("url").asText()).isEqualTo("rtsp://192.0.2.10/door");
    assertThat(door.get("state").asText()).isEqualTo("playing");
    assertThat(door.get("frames").get("day").isNull()).isTrue();
    assertThat(door.get("tracks").get(1).get("codec").asText()).isEqualTo("PCMU");
    assertThat(door.get("readers").get(0).get("agent").asText()).isEqualTo("Lavf/60");
  }

  @Test
  void addsAndRemovesCameras() throws Exception {
    HttpResponse<String> added =
        add(
            "{\"name\":\"door\",\"url\":\"rtsp://admin:secret@192.0.2.1/live\","
                + "\"options\":{\"on-demand\":\"true\",\"transport\":\"tcp\"}}");
    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(added.body()).doesNotContain("secret");
    description.check("/api/cameras", "post", 201, JSON.readTree(added.body()));
    assertThat(cameras.camera("door").orElseThrow().options().onDemand()).isTrue();
    HttpRequest remove = to("/api/cameras/door").DELETE().build();
    assertThat(client.send(remove, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    assertThat(client.send(remove, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() throws Exception {
    add(
        "{\"name\":\"door\",\"url\":\"rtsp://admin:secret@192.0.2.1/live\","
            + "\"options\":{\"on-demand\":\"true\",\"transport\":\"tcp\"}}");
    HttpResponse<String> changed =
        send(
            "PATCH", "/api/cameras/door", "{\"options\":{\"transport\":\"udp\",\"grace\":\"3s\"}}");
    assertThat(changed.statusCode()).isEqualTo(200);
    description.check("/api/cameras/{name}", "patch", 200, JSON.readTree(changed.body()));
    RelayedCamera door = cameras.camera("door").orElseThrow();
    assertThat(door.camera())
        .isEqualTo(
            Camera.of(
                "rtsp://admin:secret@192.0.2.1/live",
                name -> name.equals("transport") ? Optional.of("udp") : Optional.empty()));
    assertThat(door.options())
        .isEqualTo(
            RelayedCameraOptions.defaults().withOnDemand(true).withGrace(Duration.ofSeconds(3)));
    send("PATCH", "/api/cameras/door", "{\"url\":\"rtsp://192.0.2.2/live\"}");
    assertThat(door.camera().options()).isNotEqualTo(ClientOptions.defaults());
    assertThat(door.camera().urls()).hasToString("[rtsp://192.0.2.2/live]");
  }

  @Test
  void aReplacementHasTheDefaultsForWhatItDoesNotName() throws Exception {
    cameras.put("door", "H264");
    HttpResponse<String> replaced =
        send(
            "PUT",
            "/api/cameras/door",
            "{\"url\":\"rtsp://192.0.2.2/live\",\"options\":{\"while-away\":\"close\"}}");
    assertThat(replaced.statusCode()).isEqualTo(200);
    description.check("/api/cameras/{name}", "put", 200, JSON.readTree(replaced.body()));
    RelayedCamera door = cameras.camera("door").orElseThrow();
    assertThat(door.camera()).isEqualTo(Camera.at("rtsp://192.0.2.2/live"));
    assertThat(door.options().whileAway()).isEqualTo(WhileAway.CLOSE);
    JsonNode lines = valid("/api/cameras/door/log", "/api/cameras/{name}/log").get("lines");
    assertThat(lines.findValuesAsText("text")).contains("its options were changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH|door|{\"colour\":1}|400|A camera has the fields name, url, options",
        "PATCH|door|{\"name\":\"gate\"}|400|A camera keeps its name",
        "PATCH|door|{\"options\":{\"transport\":\"pigeon\"}}|400|transport",
        "PUT|door|{\"options\":{}}|400|The field url must be a text.",
        "PATCH|gate|{}|404|There is no camera of this name.",
        "PUT|gate|{\"url\":\"rtsp://a/\"}|404|There is no camera of this name."
      })
  void saysWhatIsWrongWithAChange(
      String method, String camera, String body, int status, String said) throws Exception {
    FakeCamera door = cameras.put("door", "H264");
    Camera before = door.camera();
    HttpResponse<String> answer = send(method, "/api/cameras/" + camera, body);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(said);
    assertThat(door.camera()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|The body must be one JSON object",
        "no JSON|The body must be one JSON object",
        "{\"name\":\"a\",\"name\":\"b\",\"url\":\"rtsp://a/\"}|with each name once",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\"} {}|The body must be one JSON object",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\",\"options\":[]}|The field options must be an object.",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\",\"options\":\"on\"}|The field options must be an",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\",\"options\":{\"view\":[1]}}|The option view must be a text",
        "{\"url\":\"rtsp://a/\"}|The field name must be a text.",
        "{\"name\":\"a\"}|The field url must be a text.",
        "{\"name\":\"a\",\"url\":\"http://u:secret@a/\"}|url",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\",\"options\":{\"colour\":\"red\"}}|colour",
        "{\"name\":\"a\",\"url\":\"rtsp://a/\",\"options\":{\"while-away\":\"x\"}}|while-away"
      })
  void saysWhatIsWrongWithACamera(String body, String said) throws Exception {
    HttpResponse<String> answer = add(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains(said).doesNotContain("secret");
    assertThat(cameras.cameras()).isEmpty();
  }

  /** A form of another site can send text/plain without asking, JSON not. */
  @ParameterizedTest
  @CsvSource({
    "text/plain, 415",
    "application/jsonx, 415",
    "application/json-patch+json, 415",
    "application/json;charset=UTF-8, 201",
    "Application/JSON, 201"
  })
  void takesCamerasAsJsonAlone(String type, int status) throws Exception {
    HttpRequest form =
        to("/api/cameras")
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString("{\"name\":\"a\",\"url\":\"rtsp://a/\"}"))
            .build();
    assertThat(client.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(status);
  }

  @Test
  void remembersRacesOutagesAndWhatWasReported() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    cameras.state(camera, RelayState.AWAY, Instant.now(), "connection reset");
    RaceReport race =
        new RaceReport(
            "door.example:554",
            Strategy.FIRST_WINS,
            RaceOptions.defaults(),
            List.of(),
            List.of(),
            Result.FAILED,
            null,
            1_500_000);
    cameras.listeners().forEach(listener -> listener.race(camera, race));
    ReaderInfo reader = new ReaderInfo("192.0.2.7:1", "tcp", "");
    cameras.listeners().forEach(listener -> listener.joined(camera, reader));
    JsonNode outages =
        valid("/api/cameras/door/outages", "/api/cameras/{name}/outages").get("outages");
    assertThat(outages).hasSize(1);
    assertThat(outages.get(0).get("reason").asText()).isEqualTo("connection reset");
    assertThat(outages.get(0).get("to").isNull()).isTrue();
    cameras
        .listeners()
        .forEach(listener -> listener.retry(camera, Duration.ofMillis(1230), "no answer"));
    JsonNode races = valid("/api/cameras/door/races", "/api/cameras/{name}/races").get("races");
    assertThat(races.get(0).get("decidedAt").asDouble()).isEqualTo(1.5);
    JsonNode lines = valid("/api/cameras/door/log", "/api/cameras/{name}/log").get("lines");
    assertThat(lines.findValuesAsText("text"))
        .contains(
            "added",
            "away: connection reset",
            "reader 192.0.2.7:1 came (tcp)",
            "next try in 1.2 s: no answer");
    cameras.state(camera, RelayState.PLAYING, Instant.now(), "");
    outages = valid("/api/cameras/door/outages", "/api/cameras/{name}/outages").get("outages");
    assertThat(outages.get(0).get("to").isNull()).isFalse();
  }

  @Test
  void sendsEventsToThePage() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    HttpResponse<InputStream> events =
        client.send(to("/events").build(), BodyHandlers.ofInputStream());
    assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8));
    assertThat(event(reader, "cameras").get(0).get("name").asText()).isEqualTo("door");
    cameras.state(camera, RelayState.STALLED, Instant.now(), "no packets");
    assertThat(event(reader, "line").get("text").asText()).isEqualTo("stalled: no packets");
    assertThat(event(reader, "camera").get("state").asText()).isEqualTo("stalled");
    assertThat(event(reader, "figures").get(0).get("name").asText()).isEqualTo("door");
    cameras.remove("door");
    assertThat(event(reader, "removed").get("camera").asText()).isEqualTo("door");
    reader.close();
  }

  private static JsonNode event(BufferedReader reader, String name) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.equals("event: " + name)) {
      line = reader.readLine();
    }
    return JSON.readTree(reader.readLine().substring("data: ".length()));
  }

  @Test
  void measuresForPrometheus() throws Exception {
    cameras.put("door", "H264");
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body().lines())
        .contains(
            "# TYPE photofinish_relay_camera_state gauge",
            "photofinish_relay_camera_state{camera=\"door\",state=\"playing\"} 1",
            "photofinish_relay_camera_state{camera=\"door\",state=\"away\"} 0",
            "photofinish_relay_received_packets_total{camera=\"door\"} 48120",
            "photofinish_relay_received_bytes_total{camera=\"door\"} 61000000",
            "photofinish_relay_lost_packets_total{camera=\"door\"} 12",
            "photofinish_relay_readers{camera=\"door\"} 1",
            "photofinish_relay_outages_total{camera=\"door\"} 0",
            "photofinish_relay_frames_ratio{camera=\"door\",window=\"hour\"} 0.998700",
            "photofinish_relay_frames_ratio{camera=\"door\",window=\"day\"} NaN",
            "photofinish_relay_web_viewers 0");
  }

  /** This module's tests have no decoder; those of others may put one on the class path. */
  @Test
  void aSnapshotNeedsWhatDecodesIt() throws Exception {
    FakeCamera camera = cameras.put("door", "H264");
    camera.source().send(new TestFrames().picture(true));
    HttpResponse<String> answer = get("/cameras/door/snapshot.jpg");
    if (ServiceLoader.load(PictureDecoder.class).findFirst().isPresent()) {
      assertThat(answer.headers().firstValue("content-type")).contains("image/jpeg");
    } else {
      assertThat(answer.statusCode()).isEqualTo(501);
      assertThat(answer.body()).contains("H264", "photofinish-decode");
    }
    assertThat(camera.source().viewers()).isZero();
  }
}
