package dev.photofinish.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.MediaStatistics;
import dev.photofinish.rtsp.client.RtspClient;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CameraMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CameraMetrics metrics = new CameraMetrics(registry);

  @Test
  void aStreamIsCountedWithItsOutagesAndItsMedia() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient()) {
      CameraStream stream = client.open(Camera.at(camera.url()), metrics.cameras());
      for (int drop = 1; drop <= 2; drop++) {
        int drops = drop;
        Eventually.holds("plays", () -> streams("playing", "unnamed") == 1);
        camera.dropAll();
        Eventually.holds(
            "a reconnect", () -> counter("photofinish.reconnects", "unnamed") >= drops);
      }
      Eventually.holds("plays", () -> streams("playing", "unnamed") == 1);
      assertThat(streams("connecting", "unnamed")).isZero();
      stream.close();

      assertThat(
              registry.get("photofinish.packets").tags("media", "video").functionCounter().count())
          .isEqualTo((double) video(stream).packets())
          .isPositive();
      assertThat(registry.get("photofinish.bytes").tags("media", "video").functionCounter().count())
          .isEqualTo((double) video(stream).bytes());
      assertThat(registry.get("photofinish.outages").timer().count())
          .isEqualTo(stream.statistics().outages().size());
      assertThat(registry.get("photofinish.outages").timer().totalTime(TimeUnit.NANOSECONDS))
          .isPositive();
      assertThat(streams("playing", "unnamed")).isZero();
      assertThat(registry.get("photofinish.streams.ended").tag("state", "closed").counter().count())
          .isEqualTo(1);
      assertThat(registry.get("photofinish.race.decision").tag("result", "won").timer().count())
          .isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void aCameraHasItsNameOnlyIfAsked() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        RtspClient client = new RtspClient();
        CameraStream named = client.open(Camera.at(camera.url()), metrics.camera("front-door"));
        CameraStream other = client.open(Camera.at(camera.url()), metrics.cameras())) {
      assertThat(named.url()).isEqualTo(other.url());
      assertThat(streams("playing", "front-door")).isEqualTo(1);
      assertThat(streams("playing", "unnamed")).isEqualTo(1);
      assertThat(registry.getMeters())
          .flatExtracting(meter -> meter.getId().getTags())
          .extracting(Tag::getValue)
          .noneMatch(value -> value.contains("127.0.0.1") || value.contains("rtsp"));
    }
    assertThat(metrics.camera("front-door")).isSameAs(metrics.camera("front-door"));
  }

  @Test
  void aRegistryHasOneAndANameIsNotEmpty() {
    assertThatThrownBy(() -> new CameraMetrics(registry)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> metrics.camera(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name");
  }

  private static MediaStatistics video(CameraStream stream) {
    return stream.statistics().streams().stream()
        .filter(media -> media.stream().media().equals("video"))
        .findFirst()
        .orElseThrow();
  }

  private double counter(String name, String camera) {
    return registry.get(name).tag("camera", camera).functionCounter().count();
  }

  private double streams(String state, String camera) {
    return registry
        .get("photofinish.streams")
        .tags("state", state, "camera", camera)
        .gauge()
        .value();
  }
}
