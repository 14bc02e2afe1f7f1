package dev.photofinish.rtsp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraReport;
import dev.photofinish.camera.Knob;
import dev.photofinish.camera.SimulatedCamera;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cameras that do things differently, and the numbers that come of it. */
@Execution(ExecutionMode.CONCURRENT)
class QuirksTest {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Recorder recorder = new Recorder();
  private final RtspClient client = Clients.create();

  @AfterEach
  void close() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource({
    "channel-offset, 10",
    "rtcp-before-play, on",
    "bare-lf, on",
    "lower-case, on",
    "get-parameter, off",
    "audio, none",
    "address, ::1"
  })
  void itPlays(String knob, String value) throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(knob, value).start()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(30);
      stream.close();
      CameraReport report = camera.awaitSessions(0, BOUND);
      assertThat(report.sessionsLeftBehind()).isZero();
      assertThat(stream.statistics().lost()).isZero();
      assertThat(recorder.states()).containsExactly("PLAYING", "CLOSED");
    }
  }

  /** OPTIONS is asked before, too. Its answer may take 3 s here before the next one is tried. */
  @ParameterizedTest
  @CsvSource({"on, GET_PARAMETER, 1", "off, OPTIONS, 2"})
  void sessionsAreKeptAliveByWhatIsAdvertised(String advertised, String method, int times)
      throws Exception {
    try (SimulatedCamera camera =
        SimulatedCamera.builder()
            .set("get-parameter", advertised)
            .sessionTimeout(Duration.ofSeconds(12))
            .start()) {
      client.open(Patience.at(camera.url()), recorder);
      CameraReport report = camera.await(r -> r.requests(method) >= times, BOUND);
      assertThat(report.sessionsExpired()).isZero();
      assertThat(recorder.states()).containsExactly("PLAYING");
    }
  }

  @Test
  void lossIsCounted() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.LOSS, 20).start()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(100);
      StreamStatistics statistics = stream.statistics();
      assertThat(statistics.lost()).isPositive();
      assertThat(statistics.streams()).hasSize(2);
    }
  }

  @Test
  void reorderingIsNoLoss() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.REORDER, 20).start()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(100);
      assertThat(stream.statistics().streams())
          .anyMatch(media -> media.reordered() > 0)
          .allMatch(media -> media.lost() <= 1); // the one that is being overtaken
    }
  }

  @Test
  void aChangeOfSourceIsSurvived() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().set(Knob.SSRC_CHANGE, 20).start()) {
      CameraStream stream = client.open(Patience.at(camera.url()), recorder);
      recorder.awaitPackets(200);
      assertThat(stream.statistics().lost()).isZero();
      assertThat(recorder.states()).containsExactly("PLAYING");
    }
  }

  @Test
  void sendersReportsAreHeard() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start()) {
      client.open(Patience.at(camera.url()), recorder);
      recorder.await("RTCP", r -> r.reports() > 0);
    }
  }
}
