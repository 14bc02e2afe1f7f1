package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.race.FinishLine;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.Result;
import dev.photofinish.race.Strategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the first dial to TEARDOWN, with a camera that does nothing wrong. */
class PlayTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();

  @Test
  void playsVideoAndAudioAndLeavesInOrder() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(50);
      assertThat(recorder.streams())
          .extracting(s -> s.media() + " " + s.codec() + " " + s.clockRate())
          .containsExactly("video H264 90000", "audio PCMU 8000");
      stream.close();

      StreamStatistics end = stream.ended().toCompletableFuture().get();
      assertThat(end.state()).isEqualTo(CameraState.CLOSED);
      assertThat(end.lost()).isZero();
      assertThat(end.packets()).isEqualTo(recorder.packets());
      assertThat(end.outages()).isEmpty();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(report.requests("OPTIONS")).isEqualTo(1);
      assertThat(report.requests("DESCRIBE")).isEqualTo(1);
      assertThat(report.requests("SETUP")).isEqualTo(2);
      assertThat(report.requests("PLAY")).isEqualTo(1);
      assertThat(report.requests("TEARDOWN")).isEqualTo(1);
      assertThat(recorder.states()).containsExactly("PLAYING", "CLOSED");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void everyStrategyPlays(Strategy strategy) throws Exception {
    RaceOptions race = Patience.race().connectionRacing(strategy).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Patience.at(camera.url()).withRace(race), recorder);
      recorder.awaitPackets(10);
      stream.close();
      assertThat(recorder.races()).hasSize(1);
      assertThat(recorder.races().get(0).result()).isEqualTo(Result.WON);
      camera.awaitConnections(0, BOUND);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFinishLinePlays(FinishLine finishLine) throws Exception {
    RaceOptions race =
        Patience.race().connectionRacing(Strategy.FIRST_WINS).finishLine(finishLine).build();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Patience.at(camera.url()).withRace(race), recorder);
      recorder.awaitPackets(10);
      stream.close();
      CameraReport report = camera.awaitConnections(0, BOUND);
      assertThat(report.requests("OPTIONS")).isEqualTo(1);
      assertThat(stream.statistics().lost()).isZero();
      assertThat(stream.statistics().packets()).isEqualTo(recorder.packets());
    }
  }
}
