package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.web.FleetServer;
import dev.photofinish.race.address.Addresses;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page, the health and the metrics of a node. */
class FleetServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final TestFleet fleet = new TestFleet();
  private TestFleet.Node node;
  private FleetServer server;

  @BeforeEach
  void start() throws Exception {
    node = fleet.start();
    server = node.server().hostNames(Set.of("fleet.example")).start();
    fleet.awaitAll();
  }

  @AfterEach
  void close() {
    server.close();
    fleet.close();
  }

  @Test
  void showsTheFleetWhileTheNodeIsInItAndIsNotWellAfterwards() throws Exception {
    assertThat(get("/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health").statusCode()).isEqualTo(200);
    HttpResponse<String> page = get("/");
    assertThat(page.body()).contains("<h1>Fleet</h1>", "/fleet.js", "/fleet.css");
    assertThat(get("/fleet.js").headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(get("/fleet.css").statusCode()).isEqualTo(200);
    assertThat(page.headers().map()).containsKey("x-content-type-options");
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      node.node().feed(Map.of("door", FleetCamera.of("door", camera.url())));
      TestFleet.await(() -> node.held().contains("door"));
      String name = node.node().name();
      assertThat(get("/metrics").body().lines())
          .contains(
              "photofinish_fleet_up 1",
              "photofinish_fleet_listed_cameras 1",
              "photofinish_fleet_unheld_cameras 0",
              "photofinish_fleet_moves 0",
              "photofinish_fleet_node_cameras{node=\"" + name + "\"} 1",
              "photofinish_fleet_node_draining{node=\"" + name + "\"} 0");
      assertThat(get("/api/fleet").body())
          .contains(
              "\"name\":\"door\"", "\"node\":\"" + name + "\"", "\"moves\":[]", "\"conflicts\":[]")
          .as("addresses hold passwords")
          .doesNotContain(camera.url());
      node.node().close();
    }
    node.node().ended().toCompletableFuture().get(TestFleet.BOUND.toSeconds(), TimeUnit.SECONDS);
    assertThat(get("/health").statusCode()).isEqualTo(503);
    assertThat(get("/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void refusesPagesOfOtherSites() throws Exception {
    String drain = "/api/fleet/drain/" + node.node().name();
    assertThat(get(drain).statusCode()).isEqualTo(405);
    assertThat(post(drain, "Origin", "https://example.com").statusCode()).isEqualTo(403);
    assertThat(post(drain, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(post("/api/fleet/drain/127.0.0.1:1", "Accept", "*/*").statusCode()).isEqualTo(404);
    assertThat(post(drain, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(202);
    assertThat(post("/api/cameras", "Origin", "https://example.com").statusCode()).isEqualTo(403);
    assertThat(post("/api/cameras", "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
    assertThat(post("/api/cameras", "Content-Type", "text/plain").statusCode())
        .as("a form of another site cannot send JSON")
        .isEqualTo(415);
    assertThat(getAs("rebound.example")).startsWith("HTTP/1.1 421");
    assertThat(getAs("fleet.example:80")).startsWith("HTTP/1.1 200");
    assertThat(getAs("localhost:1")).startsWith("HTTP/1.1 200");
  }

  @Test
  void isNoProcessThatStoodStillWhenItsEventLoopsAreBusy() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    var loop = node.relay().eventLoops();
    // The time after which a process that stood still lets go of its cameras is 1 s here.
    loop.forEach(l -> l.execute(() -> awaitFor(never, 1_500)));
    var unused = loop.next().schedule(done::countDown, 2, TimeUnit.SECONDS);
    assertThat(done.await(TestFleet.BOUND.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(node.node().isUp()).isTrue();
    assertThat(node.node().view().nodes()).noneMatch(report -> report.draining());
  }

  private static void awaitFor(CountDownLatch latch, long millis) {
    try {
      assertThat(latch.await(millis, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String header, String value) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header(header, value)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + Addresses.text(server.address()) + path);
  }

  /** The client of the platform sets the host itself. */
  private String getAs(String host) throws Exception {
    InetSocketAddress at = server.address();
    try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/fleet HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
