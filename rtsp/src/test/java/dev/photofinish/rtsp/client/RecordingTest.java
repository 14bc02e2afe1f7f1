package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.RecordingEnd;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.message.RangeHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PAUSE, ranges and the end of recordings, with a simulated camera that has one of 60 s. */
class RecordingTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();

  private static SimulatedCamera recording() throws Exception {
    return SimulatedCamera.builder().set(Knob.RECORDING, Duration.ofSeconds(60)).start();
  }

  private static Camera from(SimulatedCamera camera, long millis) {
    return Patience.at(camera.url()).withRange(RangeHeader.from(Duration.ofMillis(millis)));
  }

  private static <T> @Nullable T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private static RequestFailedException failure(CompletionStage<?> stage) {
    ExecutionException failed = catchThrowableOfType(ExecutionException.class, () -> get(stage));
    return (RequestFailedException) Objects.requireNonNull(failed.getCause());
  }

  private static double seconds(CameraStream stream) {
    return stream.position().orElseThrow().startNanos().orElseThrow() * 1e-9;
  }

  // ---- Pause

  @Test
  void pausesAndGoesOnWhereItStopped() throws Exception {
    try (SimulatedCamera camera = recording();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(from(camera, 20_000), recorder);
      recorder.awaitPackets(20);
      get(stream.pause());
      assertThat(stream.state()).isEqualTo(CameraState.PAUSED);
      double paused = seconds(stream);
      assertThat(paused).isBetween(20.0, 25.0);
      get(stream.pause());
      get(stream.resume());
      recorder.await("media again", r -> r.count(CameraState.PLAYING) == 2);
      assertThat(seconds(stream)).isBetween(paused, paused + 5);
      get(stream.resume());
      get(stream.closeAsync());
      assertThat(recorder.states()).containsExactly("PLAYING", "PAUSED", "PLAYING", "CLOSED");
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.requests("PAUSE")).isEqualTo(1);
      assertThat(report.requests("PLAY")).isEqualTo(2);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(stream.statistics().lost()).isZero();
      assertThat(stream.statistics().outages()).isEmpty();
    }
  }

  /** Whether the client has noticed it or not. */
  @Test
  void aPausedConnectionThatIsLostIsReplacedWhenTheStreamGoesOn() throws Exception {
    try (SimulatedCamera camera = recording();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(from(camera, 20_000), recorder);
      recorder.awaitPackets(20);
      get(stream.pause());
      double paused = seconds(stream);
      camera.hangUp();
      camera.awaitConnections(0, BOUND);
      get(stream.resume());
      assertThat(seconds(stream)).isBetween(paused - 0.1, paused + 5);
      assertThat(camera.report().connections()).isEqualTo(2);
      assertThat(recorder.states()).containsExactly("PLAYING", "PAUSED", "RECONNECTING", "PLAYING");
    }
  }

  /** What is live pauses too, and comes back with what is live then. */
  @Test
  void whatIsLiveIsPausedToo() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      get(stream.pause());
      get(stream.resume());
      recorder.await("media again", r -> r.count(CameraState.PLAYING) == 2);
      assertThat(stream.position()).isEmpty();
    }
  }

  @Test
  void aRefusalIsToldAndTheStreamPlaysOn() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.PAUSE, false).start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      RequestFailedException refused = failure(stream.pause());
      assertThat(refused).hasMessage("405 Method Not Allowed to PAUSE");
      assertThat(refused.status()).isEqualTo(405);
      assertThat(stream.state()).isEqualTo(CameraState.PLAYING);
      assertThat(failure(stream.play(ReplayOptions.live().withScale(2))))
          .hasMessageContaining("live");
      get(stream.closeAsync());
      assertThat(failure(stream.pause())).hasMessage("the stream is over");
    }
  }

  @Test
  void withoutAConnectionNothingIsAsked() throws Exception {
    try (RtspClient client = new RtspClient();
        CameraStream stream = client.start(Camera.at("rtsp://127.0.0.1:1/"), recorder)) {
      assertThat(failure(stream.pause())).hasMessageContaining("CONNECTING");
      RangeHeader ten = RangeHeader.from(Duration.ofSeconds(10));
      assertThat(failure(stream.seek(ten))).hasMessageContaining("not connected");
    }
  }

  // ---- Places

  @Test
  void playsFromElsewhereAndStaysWhereTheCameraHasNothing() throws Exception {
    try (SimulatedCamera camera = recording();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(from(camera, 10_000), recorder);
      get(stream.seek(RangeHeader.from(Duration.ofSeconds(40))));
      assertThat(seconds(stream)).isBetween(40.0, 45.0);
      RangeHeader beyond = RangeHeader.from(Duration.ofSeconds(70));
      assertThat(failure(stream.seek(beyond)).status()).isEqualTo(457);
      int packets = recorder.packets();
      recorder.awaitPackets(packets + 10);
      assertThat(seconds(stream)).isBetween(40.0, 50.0);
      assertThat(recorder.states()).containsExactly("PLAYING");
      assertThat(stream.statistics().lost()).isZero();
    }
  }

  /** The next connection asks for the rest. */
  @Test
  void aReconnectGoesOnFromTheLastPacket() throws Exception {
    try (SimulatedCamera camera = recording();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(from(camera, 30_000), recorder);
      recorder.awaitPackets(50);
      double before = seconds(stream);
      camera.dropAll();
      recorder.await("media again", r -> r.count(CameraState.PLAYING) == 2);
      assertThat(before).isGreaterThan(30.2);
      assertThat(seconds(stream)).isBetween(before - 0.1, before + 5);
    }
  }

  // ---- The scale

  /** Timestamps run with our clock, the place in the recording eight times as fast. */
  @Test
  void aRecordingPlaysAtItsScale() throws Exception {
    List<Long> timestamps = new CopyOnWriteArrayList<>();
    CameraListener listener =
        new CameraListener() {
          @Override
          public void packet(CameraStream stream, RtpPacket packet) {
            timestamps.add(packet.timestamp());
          }
        };
    ReplayOptions replay =
        ReplayOptions.of(RangeHeader.between(Duration.ofSeconds(10), Duration.ofSeconds(14)));
    try (SimulatedCamera camera = recording();
        RtspClient client = new RtspClient()) {
      CameraStream stream =
          client.open(
              Patience.at(camera.url()).withMedia("audio").withReplay(replay.withScale(8)),
              listener);
      StreamStatistics last = Objects.requireNonNull(get(stream.ended()));
      assertThat(last.state()).isEqualTo(CameraState.ENDED);
      List<Long> steps = new ArrayList<>();
      for (int i = 1; i < timestamps.size(); i++) {
        steps.add(timestamps.get(i) - timestamps.get(i - 1) & 0xffff_ffffL);
      }
      // 20 ms of sound at 8000 Hz; a camera that stood still leaves some out
      assertThat(steps).contains(160L / 8).allMatch(step -> step > 0 && step % (160 / 8) == 0);
      assertThat(seconds(stream)).isBetween(13.0, 14.1);
    }
  }

  // ---- The end

  @ParameterizedTest
  @EnumSource
  void theEndOfTheRangeIsTheEndOfTheStream(RecordingEnd how) throws Exception {
    Duration end = Duration.ofMillis(59_700);
    try (SimulatedCamera camera =
            SimulatedCamera.builder()
                .set(Knob.RECORDING, Duration.ofSeconds(60))
                .set(Knob.RECORDING_END, how)
                .start();
        RtspClient client = new RtspClient()) {
      RangeHeader range = RangeHeader.between(end.minusMillis(300), end);
      ClientOptions options = ClientOptions.builder().stallSuspect(Duration.ofMillis(200)).build();
      CameraStream stream =
          client.open(Camera.at(camera.url()).withRange(range).withOptions(options), recorder);
      StreamStatistics last = Objects.requireNonNull(get(stream.ended()));
      assertThat(last.state()).isEqualTo(CameraState.ENDED);
      assertThat(last.lost()).isZero();
      assertThat(recorder.states()).containsExactly("PLAYING", "ENDED");
      assertThat(recorder.retries()).isEmpty();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.requests("PLAY")).isEqualTo(1);
      assertThat(report.rtpPackets()).isEqualTo(last.packets());
    }
  }
}
