package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.LearntLimit;
import dev.photofinish.fleet.camera.CameraFile;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes in one process: who holds which camera, and through what it stays so. */
class FleetNodeTest {
  private static final String NONE = "rtsp://127.0.0.1:9/stream";

  @TempDir private Path folder;

  @Test
  void aNodeThatStartsAloneAgainHasTheListThatItKept() throws Exception {
    Map<String, FleetCamera> listed =
        Map.of("door", FleetCamera.of("door", "rtsp://127.0.0.1:9/stream"));
    for (int life = 0; life < 2; life++) {
      try (TestFleet fleet = new TestFleet()) {
        FleetNode node = fleet.start(options -> options.withState(folder)).node();
        if (life == 0) {
          node.feed(listed);
        }
        TestFleet.await(() -> node.cameras().equals(listed));
      }
    }
  }

  /** As where two nodes were given one address. */
  @Test
  void aNodeWhoseAddressIsTakenSaysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Relay relay = Relay.start()) {
      FleetOptions options =
          FleetOptions.defaults()
              .withListen(new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort()));
      assertThatThrownBy(() -> FleetNode.start(options, relay))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "listen: cannot listen at 127.0.0.1:"
                  + taken.getLocalPort()
                  + "; expected an address of this machine, and a port that is free");
    }
  }

  /** As two sides of a partition have it, each with a change of its own. */
  @Test
  void ofTwoChangesThatDidNotSeeEachOtherTheOtherSideTellsWhichHolds() throws Exception {
    CameraTable both =
        CameraTable.EMPTY.withFiled(FleetCamera.of("door", "rtsp://127.0.0.1:9/file"), "a");
    FleetCamera one = FleetCamera.of("door", "rtsp://127.0.0.1:9/one");
    FleetCamera other = FleetCamera.of("door", "rtsp://127.0.0.1:9/other");
    store("one", both.with(one, "a"));
    store("other", both.with(other, "b"));
    try (TestFleet fleet = new TestFleet()) {
      for (String name : List.of("one", "other")) {
        fleet.start(options -> options.withState(folder.resolve(name)));
      }
      for (TestFleet.Node node : fleet.nodes()) {
        TestFleet.await(() -> other.equals(node.node().cameras().get("door")));
      }
      FleetNode lost = fleet.nodes().get(0).node();
      TestFleet.await(() -> !lost.conflicts().isEmpty());
      assertThat(lost.conflicts())
          .allMatch(conflict -> conflict.holds().equals("b") && conflict.lost().equals("a"));
    }
  }

  /** Neither knows of the other's file but by the list. */
  @Test
  void ofTwoNodesWhoseFilesContradictEachOtherTheLaterHoldsAndTheOtherIsTold() throws Exception {
    FleetCamera one = FleetCamera.of("door", "rtsp://127.0.0.1:9/one");
    FleetCamera other = FleetCamera.of("door", "rtsp://127.0.0.1:9/other");
    try (TestFleet fleet = new TestFleet()) {
      FleetNode first = fleet.start().node();
      FleetNode second = fleet.start().node();
      fleet.awaitAll();
      first.feed(Map.of("door", one));
      TestFleet.await(() -> one.equals(second.cameras().get("door")));
      second.feed(Map.of("door", other));
      TestFleet.await(() -> other.equals(first.cameras().get("door")));
      TestFleet.await(() -> !first.conflicts().isEmpty());
      assertThat(first.conflicts())
          .allMatch(c -> c.holds().equals(second.name()) && c.lost().equals(first.name()));
      assertThat(second.conflicts()).isEmpty();
    }
  }

  /** All nodes end, and start again with nothing but their folders. */
  @Test
  void theListOutlivesAnEndOfAllNodes() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start()) {
      Map<String, FleetCamera> listed =
          Map.of(
              "door", FleetCamera.of("door", camera.url()), "yard", FleetCamera.of("yard", NONE));
      for (int life = 1; life <= 2; life++) {
        try (TestFleet fleet = new TestFleet()) {
          for (String name : List.of("one", "two", "three")) {
            fleet.start(options -> options.withState(folder.resolve(name)));
          }
          fleet.awaitAll();
          if (life == 1) {
            fleet.nodes().get(0).node().feed(listed);
          }
          for (TestFleet.Node node : fleet.nodes()) {
            TestFleet.await(() -> node.node().cameras().equals(listed));
          }
          int times = life;
          camera.await(r -> r.events(Kind.PLAYING).size() == times, TestFleet.BOUND);
        }
      }
      assertThat(camera.report().connectionsPeak()).isEqualTo(1);
      assertThat(camera.report().droppedByLimit()).isZero();
    }
  }

  private void store(String name, CameraTable table) {
    new CameraFile(folder.resolve(name).resolve("cameras.json"))
        .write(new CameraFile.Content(table, Map.of()));
  }

  @Test
  void aCameraIsHeldByOneNodeAndItsViewersStayWhereverItMoves() throws Exception {
    List<SimulatedCamera> cameras = new ArrayList<>();
    Map<String, FleetCamera> listed = new HashMap<>();
    for (int i = 0; i < 6; i++) {
      SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start();
      cameras.add(camera);
      listed.put("camera" + i, FleetCamera.of("camera" + i, camera.url()));
    }
    try (TestFleet fleet = new TestFleet()) {
      fleet.start();
      fleet.start();
      fleet.start();
      fleet.awaitAll();
      fleet.nodes().get(1).node().feed(listed);
      for (SimulatedCamera camera : cameras) {
        camera.await(report -> !report.events(Kind.PLAYING).isEmpty(), TestFleet.BOUND);
      }
      TestFleet.await(() -> fleet.nodes().stream().mapToInt(n -> n.held().size()).sum() == 6);
      assertThat(fleet.nodes()).allSatisfy(n -> assertThat(n.held()).isNotEmpty());

      TestFleet.Node from = fleet.awaitHolder("camera0");
      List<TestFleet.Node> others = new ArrayList<>(fleet.nodes());
      others.remove(from);
      TestViewer viewer = TestViewer.of(others.get(1).node(), "camera0");
      viewer.awaitFrames(5);
      // To a node that the viewer is not at, then to the one that it is at, and away from it.
      int moves = 0;
      for (TestFleet.Node to : List.of(others.get(0), others.get(1), from)) {
        assertThat(from.node().move("camera0", to.node().name())).isTrue();
        TestFleet.await(() -> to.held().contains("camera0"));
        int playing = ++moves + 1;
        cameras.get(0).await(r -> r.events(Kind.PLAYING).size() == playing, TestFleet.BOUND);
        viewer.awaitFrames(5);
      }
      assertThat(viewer.ended()).isEmpty();
      assertThat(cameras)
          .allSatisfy(c -> assertThat(c.report().droppedByLimit()).isZero())
          .allSatisfy(c -> assertThat(c.report().connectionsPeak()).isEqualTo(1));
    } finally {
      cameras.forEach(SimulatedCamera::close);
    }
  }

  /** TEARDOWN's answer takes 0.6 s, and so does the word that the camera has closed. */
  @Test
  void theNextNodeDialsWhenTheCameraHasClosedTheLastConnection() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST).start();
        LateWay way = new LateWay(camera.port(), 300);
        TestFleet fleet = new TestFleet()) {
      TestFleet.Node first = fleet.start();
      TestFleet.Node next = fleet.start();
      fleet.awaitAll();
      first.node().feed(Map.of("door", FleetCamera.of("door", way.url())));
      camera.await(report -> report.events(Kind.PLAYING).size() == 1, TestFleet.BOUND);
      TestFleet.Node holder = fleet.awaitHolder("door");
      for (TestFleet.Node node : List.of(first, next)) {
        TestFleet.await(() -> node.node().view().holder("door").isPresent());
      }
      TestFleet.Node to = holder.equals(first) ? next : first;
      assertThat(holder.node().move("door", to.node().name())).isTrue();
      camera.await(report -> report.events(Kind.PLAYING).size() == 2, TestFleet.BOUND);
      assertThat(camera.report().connectionsPeak()).isEqualTo(1);
      assertThat(camera.report().droppedByLimit()).isZero();
    }
  }

  /** A client of someone else has the camera's one place, and leaves it before the camera moves. */
  @Test
  void whatWasLearntOfClientLimitsFollowsTheCamera() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().limit(1, OnLimit.STATUS_453).start();
        TestFleet fleet = new TestFleet();
        RtspClient other = new RtspClient()) {
      CameraStream place = other.open(Camera.at(camera.url()));
      TestFleet.Node first = fleet.start();
      fleet.awaitAll();
      first
          .node()
          .feed(
              Map.of(
                  "door",
                  new FleetCamera(
                      "door",
                      camera.url(),
                      "",
                      List.of(),
                      Map.of("max-reconnection-attempts", "-1"))));
      TestFleet.await(() -> limit(first) != null);
      place.close();
      camera.await(report -> report.events(Kind.PLAYING).size() == 2, TestFleet.BOUND);

      TestFleet.Node next = fleet.start();
      fleet.awaitAll();
      LearntLimit learnt = Objects.requireNonNull(limit(first));
      TestFleet.await(() -> next.node().view().holder("door").isPresent());
      assertThat(first.node().move("door", next.node().name())).isTrue();
      TestFleet.await(() -> next.held().contains("door"));
      assertThat(learnt.policy()).isEqualTo("ANSWERS_FULL");
      assertThat(limit(next)).as("seen by the first node").isEqualTo(learnt);
      camera.await(report -> report.events(Kind.PLAYING).size() == 3, TestFleet.BOUND);
    }
  }

  private static @Nullable LearntLimit limit(TestFleet.Node node) {
    return Objects.requireNonNull(node.node().view().reports().get(node.node().name()))
        .holdings()
        .stream()
        .map(Holding::limit)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
