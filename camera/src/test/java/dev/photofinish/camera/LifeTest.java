package dev.photofinish.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraEvent.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Ends of connections, sessions, media and the camera itself, and their coming back. */
class LifeTest {

  private static final Duration BOUND = Duration.ofSeconds(60);

  private static SimulatedCamera with(String knob, String value) {
    return SimulatedCamera.builder().set(knob, value).start();
  }

  @Test
  void hangUpAfterClosesEachConnection() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().hangUpAfter(Duration.ofMillis(100), HangUp.FIN).start();
        RawClient client = RawClient.connect(camera)) {
      assertThat(client.readToEnd()).isTrue();
      CameraReport report = camera.await(r -> !r.times(Kind.CLOSED).isEmpty(), BOUND);
      assertThat(report.times(Kind.CLOSED).get(0))
          .isGreaterThanOrEqualTo(report.times(Kind.CONNECTED).get(0).plusMillis(99));
    }
  }

  @Test
  void hangUpByRstResets() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder().hangUpAfter(Duration.ofMillis(100), HangUp.RST).start();
        RawClient client = RawClient.connect(camera)) {
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void hangUpByIsReadFromTextToo() throws Exception {
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .set("hang-up-after", "100ms")
                .set("hang-up-by", "rst")
                .start();
        RawClient client = RawClient.connect(camera)) {
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void mediaStopsAfterAndAnswersGoOn() throws Exception {
    try (SimulatedCamera camera = with("media-stops-after", "200ms");
        RawClient client = RawClient.connect(camera)) {
      String session = client.play().session();
      camera.await(report -> !report.events(Kind.MEDIA_STOPPED).isEmpty(), BOUND);
      assertThat(client.request("OPTIONS").status()).isEqualTo(200);
      int frames = client.frames.size();
      assertThat(frames).isPositive();
      assertThat(client.request("GET_PARAMETER", "Session: " + session).status()).isEqualTo(200);
      assertThat(client.frames).hasSize(frames);
    }
  }

  @Test
  void dropAllResetsAndHangUpCloses() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      try (RawClient client = RawClient.connect(camera)) {
        camera.awaitConnections(1, BOUND);
        camera.dropAll();
        assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
      }
      try (RawClient client = RawClient.connect(camera)) {
        camera.awaitConnections(1, BOUND);
        camera.hangUp();
        assertThat(client.readToEnd()).isTrue();
        assertThat(camera.report().connectionsOpen()).isZero();
      }
    }
  }

  @Test
  void pauseMediaKeepsAnsweringAndResumeStartsWithAKeyFrame() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("audio", "none").start();
        RawClient client = RawClient.connect(camera)) {
      client.request("PLAY", "Session: " + client.setup(1, 0).session());
      client.video();
      camera.pauseMedia();
      assertThat(client.request("OPTIONS").status()).isEqualTo(200);
      int frames = client.frames.size();
      long until = System.nanoTime() + Duration.ofMillis(150).toNanos();
      while (System.nanoTime() - until < 0) {
        assertThat(client.request("OPTIONS").status()).isEqualTo(200);
      }
      assertThat(client.frames).hasSize(frames);
      long before = client.frames.get(frames - 1).timestamp();
      camera.resumeMedia();
      RawClient.Frame next = client.video();
      assertThat(next.at(12) & 0x1f).as("STAP-A").isEqualTo(24);
      assertThat(next.timestamp()).isNotEqualTo(before);
    }
  }

  @Test
  void muteStopsAnswersAndMediaAndKeepsSocketsOpen() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      String session = client.play().session();
      camera.mute();
      client.send(camera.url(), "OPTIONS");
      client.timeout(200);
      assertThatThrownBy(client::response).isInstanceOf(SocketTimeoutException.class);
      camera.unmute();
      client.timeout(RawClient.BOUND_MS);
      assertThat(client.request("GET_PARAMETER", "Session: " + session).header("CSeq"))
          .isEqualTo("5");
      assertThat(camera.report().connectionsOpen()).isEqualTo(1);
    }
  }

  @Test
  void rebootRefusesAndComesBackOnTheSamePort() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RawClient client = RawClient.connect(camera)) {
      String session = client.play().session();
      camera.reboot(Duration.ofMillis(500));

      assertThatThrownBy(() -> RawClient.open(camera.address()))
          .isInstanceOf(ConnectException.class);
      assertThatThrownBy(client::readToEnd).isInstanceOf(SocketException.class);
      camera.await(report -> report.events(Kind.UP).size() == 2, BOUND);
      try (RawClient next = RawClient.connect(camera)) {
        assertThat(next.request("PLAY", "Session: " + session).status()).isEqualTo(454);
      }
      List<Duration> up = camera.report().times(Kind.UP);
      Duration down = camera.report().times(Kind.DOWN).get(0);
      assertThat(up.get(1).minus(down)).isGreaterThanOrEqualTo(Duration.ofMillis(499));
    }
  }

  @Test
  void rebootEveryComesBackAgainAndAgain() throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder().set("reboot-every", "50ms").set("reboot-for", "50ms").start()) {
      CameraReport report = camera.await(r -> r.events(Kind.UP).size() >= 3, BOUND);
      assertThat(report.events(Kind.DOWN).size()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void aClientThatDoesNotReadCostsFramesAndNoMemory() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set("fps", "60").start();
        RawClient client = RawClient.connect(camera, 4096)) {
      client.play();
      assertThat(
              camera
                  .await(report -> report.framesSkipped() > 10, Duration.ofSeconds(60))
                  .framesSkipped())
          .isPositive();
    }
  }

  @Test
  void tellsListenersInOrderAndSurvivesOneThatThrows() throws Exception {
    List<Kind> kinds = new CopyOnWriteArrayList<>();
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .listener(
                event -> {
                  throw new IllegalStateException("a broken listener");
                })
            .listener(event -> kinds.add(event.kind()))
            .start()) {
      try (RawClient client = RawClient.connect(camera)) {
        client.request("TEARDOWN", "Session: " + client.play().session());
      }
      camera.await(report -> !report.events(Kind.CLOSED).isEmpty(), BOUND);
    }
    assertThat(kinds)
        .containsExactly(
            Kind.UP,
            Kind.CONNECTED,
            Kind.REQUEST,
            Kind.SESSION_OPENED,
            Kind.REQUEST,
            Kind.REQUEST,
            Kind.PLAYING,
            Kind.REQUEST,
            Kind.SESSION_ENDED,
            Kind.CLOSED,
            Kind.DOWN);
  }

  @Test
  void closeIsIdempotentAndFreesThePort() throws Exception {
    SimulatedCamera camera = SimulatedCamera.builder().start();
    try (RawClient client = RawClient.connect(camera)) {
      client.play();
      camera.close();
      camera.close();
      assertThatThrownBy(client::readToEnd).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> RawClient.open(camera.address())).isInstanceOf(ConnectException.class);
    try (SimulatedCamera next = SimulatedCamera.builder().port(camera.port()).start()) {
      assertThat(next.port()).isEqualTo(camera.port());
    }
  }

  @Test
  void closesWhileItReboots() throws Exception {
    SimulatedCamera camera = SimulatedCamera.builder().start();
    camera.reboot(Duration.ofHours(1));
    camera.close();
    assertThatThrownBy(() -> RawClient.open(camera.address())).isInstanceOf(ConnectException.class);
  }
}
