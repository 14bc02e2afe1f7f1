package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.web.FleetServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cameras that can be reached from some zones alone, and nodes that come and go there. */
class ZonesTest {
  private static final String UNHELD =
      "\"unheld\":\"it can be reached from zone north, and no node that takes cameras is there\"";

  @Test
  void aCameraWaitsForANodeOfItsZone() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        SimulatedCamera everywhere = SimulatedCamera.builder().start();
        TestFleet fleet = new TestFleet()) {
      TestFleet.Node south = fleet.start(options -> options.withZone("south"));
      fleet.awaitAll();
      south
          .node()
          .feed(
              Map.of(
                  "door",
                  new FleetCamera("door", camera.url(), "", List.of("north"), Map.of()),
                  "yard",
                  FleetCamera.of("yard", everywhere.url())));
      everywhere.await(r -> r.events(Kind.PLAYING).size() == 1, TestFleet.BOUND);
      try (FleetServer server = south.server().start()) {
        TestFleet.await(() -> fleet(server).contains(UNHELD));

        TestFleet.Node north = fleet.start(options -> options.withZone("north"));
        camera.await(r -> r.events(Kind.PLAYING).size() == 1, TestFleet.BOUND);
        TestFleet.await(() -> south.node().view().holder("door").isPresent());
        assertThat(TestFleet.ask(server, "GET", "/api/fleet", "").body()).doesNotContain(UNHELD);
        assertThat(fleet.awaitHolder("door")).isSameAs(north);

        String there = "/api/fleet/move/door/" + south.node().name();
        assertThat(TestFleet.ask(server, "POST", there, "").body())
            .contains("can be reached from zone north, where that node is not");
        assertThat(south.node().move("door", south.node().name())).isFalse();

        fleet.end(north);
        TestFleet.await(() -> fleet(server).contains(UNHELD));
      }
      camera.awaitConnections(0, TestFleet.BOUND);
      assertThat(camera.report().connections()).isEqualTo(1);
    }
  }

  @Test
  void theLastNodeThatTakesCamerasKeepsThem() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        TestFleet fleet = new TestFleet()) {
      TestFleet.Node first = fleet.start();
      fleet.awaitAll();
      first.node().feed(Map.of("door", FleetCamera.of("door", camera.url())));
      camera.await(r -> r.events(Kind.PLAYING).size() == 1, TestFleet.BOUND);
      try (FleetServer server = first.server().start()) {
        String drain = "/api/fleet/drain/" + first.node().name();
        assertThat(TestFleet.ask(server, "POST", drain, "").body())
            .contains("No other node takes cameras");
        String here = "/api/fleet/move/door/" + first.node().name();
        TestFleet.await(() -> fleet(server).contains("\"draining\":true"));
        assertThat(TestFleet.ask(server, "POST", here, "").body()).contains("draining");
      }
      assertThat(camera.report().connectionsOpen()).isEqualTo(1);
      TestFleet.Node next = fleet.start();
      camera.await(r -> r.events(Kind.PLAYING).size() == 2, TestFleet.BOUND);
      TestFleet.await(() -> next.held().contains("door"));
      assertThat(camera.report().connectionsPeak()).isEqualTo(1);
    }
  }

  /** Empty where a machine that is busy lets the connection end before the answer. */
  private static String fleet(FleetServer server) {
    try {
      return TestFleet.ask(server, "GET", "/api/fleet", "").body();
    } catch (IOException e) {
      return "";
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
