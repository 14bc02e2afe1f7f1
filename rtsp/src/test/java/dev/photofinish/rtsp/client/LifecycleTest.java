package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Strategy;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.rtsp.peer.Descriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The three forms, back pressure, and that nothing is left behind. */
class LifecycleTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();

  @Test
  void theStageForm() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream =
          client
              .openAsync(Patience.at(camera.url()), recorder)
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      StreamStatistics end = stream.closeAsync().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(end.state()).isEqualTo(CameraState.CLOSED);
      assertThat(camera.awaitSessions(0, BOUND).requests("TEARDOWN")).isEqualTo(1);
    }
  }

  @Test
  void theBlockingFormReadsEveryPacket() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        PacketReader reader = client.read(Patience.at(camera.url()), 10, recorder)) {
      for (int read = 0; read < 50; read++) {
        RtpPacket packet = reader.next().orElseThrow();
        assertThat(packet.payload().readableBytes()).isEqualTo(packet.header().payloadLength());
        packet.release();
      }
      reader.stream().close();
      Optional<RtpPacket> rest = reader.next();
      while (rest.isPresent()) {
        rest.get().release();
        rest = reader.next();
      }
    }
  }

  @Test
  void aSlowReaderMakesTheCameraWait() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        PacketReader reader =
            client.read(
                Camera.at(camera.url())
                    .withOptions(
                        ClientOptions.builder().stallSuspect(Duration.ofMillis(100)).build()),
                5,
                recorder)) {
      recorder.awaitState(CameraState.PLAYING, 1);
      // Nobody reads until the camera finds that its client does not: no silence is judged.
      camera.await(r -> r.framesSkipped() > 0 || r.rtpPackets() > 300, Duration.ofSeconds(20));
      assertThat(recorder.packets()).isLessThan(300);
      for (int read = 0; read < 100; read++) {
        reader.next().orElseThrow().release();
      }
      assertThat(recorder.states()).containsExactly("PLAYING");
      assertThat(camera.report().connections()).isEqualTo(1);
    }
  }

  @Test
  void readingFromAFailedStreamSaysWhy() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().credentials("admin", "pw").start();
        RtspClient client = new RtspClient();
        PacketReader reader = client.read(Patience.at(camera.url()), 10, recorder)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(CameraFailedException.class)
          .hasMessageContaining("user and password are needed");
    }
  }

  @Test
  @Tag("cleanup")
  void closingWhileItConnectsLeavesNothing() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start();
        RtspClient client = new RtspClient()) {
      RaceOptions race = RaceOptions.builder().connectionRacing(Strategy.FIRST_WINS).build();
      CameraStream stream = client.start(Camera.at(camera.url()).withRace(race), recorder);
      camera.await(r -> r.connections() > 0, BOUND);
      stream.close();
      camera.awaitConnections(0, BOUND);
      assertThat(stream.playing().toCompletableFuture()).isCompletedExceptionally();
      assertThat(recorder.states()).containsExactly("CLOSED");
    }
  }

  @Test
  void anInterruptStopsTheWaitingAndCloses() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().mute().start();
        RtspClient client = new RtspClient()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread waiting =
          new Thread(
              () -> {
                try {
                  client.open(Camera.at(camera.url()), recorder);
                } catch (IOException | InterruptedException e) {
                  thrown.complete(e);
                }
              });
      waiting.start();
      camera.await(r -> r.connections() > 0, BOUND);
      waiting.interrupt();
      assertThat(thrown.get(60, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      camera.awaitConnections(0, BOUND);
    }
  }

  @Test
  void aListenerMayCloseItsOwnStream() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream =
          client.start(
              Patience.at(camera.url()),
              new CameraListener() {
                @Override
                public void packet(CameraStream from, RtpPacket packet) {
                  from.close();
                }
              });
      stream.ended().toCompletableFuture().get(60, TimeUnit.SECONDS);
      assertThat(camera.awaitSessions(0, BOUND).sessionsLeftBehind()).isZero();
    }
  }

  @Test
  void aListenerThatThrowsChangesNothing() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        PacketReader reader =
            client.read(
                Patience.at(camera.url()),
                100,
                new CameraListener() {
                  @Override
                  public void packet(CameraStream from, RtpPacket packet) {
                    throw new IllegalStateException("on purpose");
                  }
                })) {
      for (int read = 0; read < 3; read++) {
        reader.next().orElseThrow().release();
      }
      assertThat(reader.stream().state()).isEqualTo(CameraState.PLAYING);
    }
  }

  @Test
  @Tag("cleanup")
  void afterManyReconnectsNothingIsLeft() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")), "descriptors cannot be counted here");
    RetryOptions atOnce = RetryOptions.builder().stableAfter(Duration.ZERO).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      try (RtspClient warm = new RtspClient()) {
        warm.open(Patience.at(camera.url()), new CameraListener() {}).close();
      }
      camera.awaitConnections(0, BOUND);
      int before = Descriptors.count();
      try (RtspClient client = new RtspClient()) {
        client.open(
            Patience.at(camera.url())
                .withRetry(atOnce)
                .withRace(Patience.race().connectionRacing(Strategy.FIRST_WINS).build()),
            recorder);
        for (int drop = 1; drop <= 50; drop++) {
          camera.dropAll();
          recorder.awaitState(CameraState.PLAYING, drop + 1);
        }
      }
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.connections()).isEqualTo(52);
      Descriptors.awaitAtMost(before, BOUND);
      assertNoThreadIsLeft();
    }
  }

  /** An event loop says that it has ended a moment before its thread has. */
  private static void assertNoThreadIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("photofinish-rtsp")) {
        thread.join(BOUND.toMillis());
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
