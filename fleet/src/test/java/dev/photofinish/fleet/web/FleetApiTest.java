package dev.photofinish.fleet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.FleetNode;
import dev.photofinish.fleet.TestFleet;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.relay.web.ApiDescription;
import dev.photofinish.relay.web.http.Route;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The JSON API of a node, held against its own description. */
class FleetApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LIST = "/api/cameras";
  private static final String ONE = "/api/cameras/{name}";

  private final TestFleet fleet = new TestFleet();
  private FleetNode node;
  private FleetServer server;
  private ApiDescription description;

  @BeforeEach
  void start() throws Exception {
    TestFleet.Node started = fleet.start(options -> options.withZone("a"));
    node = started.node();
    server = started.server().start();
    fleet.awaitAll();
    description = new ApiDescription(ask("GET", "/api/openapi.json", ""));
  }

  @AfterEach
  void close() {
    server.close();
    fleet.close();
  }

  private JsonNode ask(String method, String path, String body) throws Exception {
    return JSON.readTree(TestFleet.ask(server, method, path, body).body());
  }

  /** Asks, and checks the answer against the description. */
  private JsonNode valid(String method, String path, String described, int status, String body)
      throws Exception {
    HttpResponse<String> answer = TestFleet.ask(server, method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode json = JSON.readTree(answer.body());
    description.check(described, method.toLowerCase(Locale.ROOT), status, json);
    return json;
  }

  @Test
  void describesExactlyWhatIsServedBesidesThePage() {
    Set<String> served = new TreeSet<>();
    for (Route route : FleetServer.routes(node)) {
      boolean isPage = route.path().equals("/") || route.path().matches("/[a-z]+\\.[a-z]+");
      if (!isPage) {
        served.add(route.method().name().toLowerCase(Locale.ROOT) + " " + route.path());
      }
    }
    assertThat(description.operations()).isEqualTo(served);
  }

  @Test
  void answersAsDescribed() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      TestFleet.await(this::hasHeardTheList);
      String door =
          "{\"name\":\"door\",\"url\":\"%s\",\"site\":\"north\",\"zones\":[\"a\"],\"options\":{\"transport\":\"tcp\"}}"
              .formatted(camera.url());
      valid("POST", LIST, LIST, 201, door);
      node.feed(Map.of("yard", FleetCamera.of("yard", "rtsp://127.0.0.1:9/")));
      TestFleet.await(() -> node.view().holder("door").isPresent());
      TestFleet.await(() -> node.cameras().containsKey("yard"));
      valid("PUT", "/api/cameras/door", ONE, 200, door);
      valid("PATCH", "/api/cameras/door", ONE, 200, "{\"options\":{\"on-demand\":\"true\"}}");
      valid("GET", "/api/cameras/door", ONE, 200, "");
      assertThat(valid("GET", LIST, LIST, 200, "").path("cameras")).hasSize(2);
      assertThat(valid("GET", "/api/rights", "/api/rights", 200, "").path("manage")).hasSize(2);
      JsonNode all = valid("GET", "/api/fleet", "/api/fleet", 200, "");
      assertThat(all.path("cameras").get(0).path("since").isIntegralNumber()).isTrue();
      assertThat(all.path("nodes")).hasSize(1);
      String there = "/" + node.name();
      valid("POST", "/api/fleet/move/door" + there, "/api/fleet/move/{name}/{node}", 202, "");
      JsonNode drained =
          valid("POST", "/api/fleet/drain" + there, "/api/fleet/drain/{node}", 202, "");
      assertThat(drained.path("note").asText()).startsWith("No other node takes cameras");
    }
  }

  private boolean hasHeardTheList() {
    try {
      return TestFleet.ask(server, "DELETE", "/api/cameras/none", "").statusCode() == 404;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
