package dev.photofinish.relay.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayListener;
import dev.photofinish.relay.RelayState;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.RelayedCameraOptions.WhileAway;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.StreamStatistics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers that come and go, and readers that stay. */
class PublishTest {
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
  private Relay relay;
  private RtspServer server;

  @BeforeEach
  void open() throws Exception {
    relay = Relay.start();
    relay.addListener(
        new RelayListener() {
          @Override
          public void state(RelayedCamera of, RelayState from, RelayState to, String reason) {
            states.add(to + ": " + reason);
          }
        });
    // so long that a publisher keeps its place on a machine that stands still
    relay.addPublished(
        "cam",
        RelayedCameraOptions.defaults()
            .withWhileAway(WhileAway.KEEP)
            .withPublisherTimeout(Duration.ofMinutes(10)));
    server = LoopbackServer.of(relay).build().start();
  }

  @Test
  void hasNoAddressAndOtherOptions() {
    Camera published = relay.camera("cam").orElseThrow().camera();
    RelayedCameraOptions close = RelayedCameraOptions.defaults().withWhileAway(WhileAway.CLOSE);
    assertThat(relay.change("cam", published, close)).isTrue();
    assertThat(relay.camera("cam").orElseThrow().options()).isEqualTo(close);
    assertThatThrownBy(() -> relay.change("cam", Camera.at("rtsp://192.0.2.1/"), close))
        .hasMessage(
            "url: 'rtsp://192.0.2.1/' is not valid; expected none, since cam is published to");
  }

  @AfterEach
  void close() {
    server.close();
    relay.close();
  }

  private RawPublisher publisher() throws Exception {
    return new RawPublisher(server.address(), "cam");
  }

  private Viewer viewer() {
    return new Viewer(Camera.at("rtsp://127.0.0.1:" + server.address().getPort() + "/cam"));
  }

  private void awaitState(String text) throws InterruptedException {
    String state = "";
    while (!state.contains(text)) {
      state = states.poll(60, TimeUnit.SECONDS);
      assertThat(state).as("a state of %s", text).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readersGetWhatAPublisherSends(boolean udp) throws Exception {
    try (RawPublisher publisher = publisher();
        Viewer viewer = viewer()) {
      RawPublisher recording = udp ? publisher.recordOverUdp() : publisher.record();
      recording.keyFrame();
      recording.pictures(5);
      viewer.await("a group", v -> v.numbers(0).size() >= 8);
      recording.pictures(5);
      viewer.await("what follows", v -> v.numbers(0).size() >= 13);
      assertThat(viewer.stream().streams()).extracting(s -> s.codec()).containsExactly("H264");
      awaitState("PLAYING: 127.0.0.1:");
    }
  }

  @Test
  void aReaderWaitsForAPublisherAndStaysWhileItIsAway() throws Exception {
    try (Viewer viewer = viewer()) {
      try (RawPublisher publisher = publisher().record()) {
        publisher.keyFrame();
        publisher.pictures(3);
        viewer.await("a group", v -> v.numbers(0).size() >= 6);
      }
      awaitState("AWAY: the client closed the connection");
      int seen = viewer.numbers(0).size();
      try (RawPublisher publisher = publisher().record()) {
        publisher.pictures(2);
        publisher.keyFrame();
        publisher.pictures(3);
        viewer.await("the next publisher", v -> v.numbers(0).size() >= seen + 6);
        assertThat(publisher.ask("TEARDOWN")).startsWith("RTSP/1.0 200");
        awaitState("AWAY: the publisher sent TEARDOWN");
      }
      assertThat(viewer.states()).noneMatch(state -> state.startsWith("RECONNECTING"));
    }
  }

  @Test
  void whatIsPublishedIsCountedOverAllPublishers() throws Exception {
    RelayedCamera cam = relay.camera("cam").orElseThrow();
    assertThat(cam.status().statistics()).as("nothing came yet").isNull();
    try (RawPublisher first = publisher().record();
        Viewer viewer = viewer()) {
      first.keyFrame();
      first.missing(2);
      first.pictures(1);
      viewer.await("what was sent", v -> v.numbers(0).size() >= 4);
      MediaStatistics video = counted(cam).streams().get(0);
      assertThat(video.packets()).isEqualTo(4);
      int payloads = RawPublisher.SPS.length + RawPublisher.PPS.length + 4 + 4;
      assertThat(video.bytes()).isEqualTo(12 * 4 + payloads);
      assertThat(video.lost()).isEqualTo(2);
    }
    awaitState("AWAY: the client closed the connection");
    assertThat(counted(cam).outages()).singleElement().matches(o -> o.to() == null);
    try (RawPublisher second = publisher().record()) {
      second.keyFrame();
      awaitState("PLAYING");
      StreamStatistics all = counted(cam);
      assertThat(all.packets()).isGreaterThan(4);
      assertThat(all.lost()).isEqualTo(2);
      assertThat(all.reconnects()).isEqualTo(1);
      assertThat(all.outages()).singleElement().matches(o -> o.to() != null);
    }
  }

  private static StreamStatistics counted(RelayedCamera camera) {
    return Objects.requireNonNull(camera.status().statistics());
  }

  /** FFmpeg sends the sets of a file in its description alone. */
  @Test
  void aReaderThatComesAfterTheParameterSetsChangedIsToldThePresentOnes() throws Exception {
    try (Viewer stays = viewer()) {
      try (RawPublisher first = publisher().record()) {
        first.bareKeyFrame();
        stays.await("a key frame", v -> v.numbers(0).contains(0x65880001));
      }
      awaitState("AWAY: the client closed the connection");
      try (RawPublisher second = publisher().ofSets("Z0IAHpWoFAFu,aM48gA==").record()) {
        second.bareKeyFrame();
        second.bareKeyFrame();
        stays.await("the second key frame", v -> v.numbers(0).contains(0x65880002));
        try (Viewer comes = viewer()) {
          comes.await("a key frame", v -> v.numbers(0).contains(0x65880002));
          assertThat(comes.numbers(0)).as("its SPS first").startsWith(0x6742001e);
          assertThat(comes.stream().streams().get(0).formatParameters())
              .contains("sprop-parameter-sets=Z0IAHpWoFAFu,aM48gA==");
        }
      }
    }
  }

  @Test
  void datagramsThatComeInAnotherOrderAreSorted() throws Exception {
    try (RawPublisher publisher = publisher().recordOverUdp();
        Viewer viewer = viewer()) {
      publisher.keyFrame();
      publisher.twoInTheWrongOrder();
      publisher.pictures(1);
      viewer.await("all", v -> v.numbers(0).size() >= 6);
      assertThat(viewer.stream().statistics().streams().get(0).lost()).isZero();
    }
  }

  @Test
  void aSecondPublisherIsRefusedWhileTheFirstSends() throws Exception {
    try (RawPublisher first = publisher().record();
        RawPublisher second = publisher()) {
      first.keyFrame();
      awaitState("PLAYING");
      assertThat(second.announce())
          .startsWith("RTSP/1.0 503 another publisher sends cam already\r\n")
          .contains("Retry-After: 120\r\n");
      first.keyFrame();
    }
  }

  @Test
  void aPublisherThatPausedMakesRoom() throws Exception {
    try (RawPublisher first = publisher().record();
        RawPublisher second = publisher()) {
      first.keyFrame();
      awaitState("PLAYING");
      assertThat(first.ask("PAUSE")).startsWith("RTSP/1.0 200");
      awaitState("AWAY: its publisher paused");
      second.record();
      assertThat(first.ask("RECORD")).startsWith("RTSP/1.0 503");
      second.keyFrame();
      awaitState("PLAYING");
    }
  }

  /** A fifth of its timeout: the one that is half dead is ended, and its connection with it. */
  @Test
  void aPublisherOfWhichNothingComesIsReplaced() throws Exception {
    relay.addPublished(
        "brief", RelayedCameraOptions.defaults().withPublisherTimeout(Duration.ofNanos(5)));
    try (RawPublisher first = new RawPublisher(server.address(), "brief").record();
        RawPublisher second = new RawPublisher(server.address(), "brief")) {
      second.record();
      assertThat(first.readToEnd()).contains("TEARDOWN rtsp://127.0.0.1:");
    }
  }

  /** It is looked for once a second. */
  @Test
  void aPublisherOfWhichNothingComesIsEnded() throws Exception {
    relay.addPublished(
        "brief", RelayedCameraOptions.defaults().withPublisherTimeout(Duration.ofMillis(1)));
    try (RawPublisher publisher = new RawPublisher(server.address(), "brief").record()) {
      assertThat(publisher.readToEnd()).contains("TEARDOWN rtsp://127.0.0.1:");
      awaitState("its publisher sent nothing for 0.001 s");
    }
  }

  @Test
  void onlyWhatMayBePublishedIs() throws Exception {
    relay.add(
        "own",
        Camera.at("rtsp://127.0.0.1:1/"),
        RelayedCameraOptions.defaults().withOnDemand(true));
    try (RawPublisher own = new RawPublisher(server.address(), "own");
        RawPublisher unknown = new RawPublisher(server.address(), "unknown")) {
      assertThat(own.announce()).startsWith("RTSP/1.0 405").contains("Allow: OPTIONS, DESCRIBE,");
      assertThat(unknown.announce()).startsWith("RTSP/1.0 404");
    }
  }

  @Test
  void aRemovedOneEndsItsPublisher() throws Exception {
    try (RawPublisher publisher = publisher().record()) {
      publisher.keyFrame();
      awaitState("PLAYING");
      relay.remove("cam");
      assertThat(publisher.readToEnd()).contains("TEARDOWN");
    }
  }

  @Test
  void withoutAPublisherItIsNotThere() throws Exception {
    relay.addPublished(
        "soon", RelayedCameraOptions.defaults().withDescribeTimeout(Duration.ofMillis(1)));
    try (RawReader reader = new RawReader(server.address())) {
      String url = "rtsp://127.0.0.1:" + server.address().getPort() + "/soon";
      assertThat(reader.ask("DESCRIBE", url))
          .startsWith("RTSP/1.0 503 soon is not there yet: nobody publishes it");
    }
  }
}
