package dev.photofinish.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.OnLimit;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.camera.junit.SimulatedCameraExtension;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraStream;
import dev.photofinish.rtsp.client.RtspClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An example of a JUnit test with simulated cameras: each test has its own, closed after it. */
@Timeout(120)
class CameraExtensionTest {
  /** With the defaults, {@code @ExtendWith(SimulatedCameraExtension.class)} is enough. */
  @RegisterExtension
  final SimulatedCameraExtension cameras =
      new SimulatedCameraExtension(SimulatedCamera.builder().limit(1, OnLimit.DROP_OLDEST));

  @Test
  void aClientLeavesNothingBehind(SimulatedCamera camera) throws Exception {
    try (RtspClient client = new RtspClient()) {
      client.open(Camera.at(camera.url()));
    }
    assertThat(camera.awaitConnections(0, Duration.ofSeconds(10)).sessionsLeftBehind()).isZero();
  }

  @Test
  void aCameraThatIsDeadDisturbsNoOther(SimulatedCamera camera, SimulatedCamera dead)
      throws Exception {
    dead.mute();
    try (RtspClient client = new RtspClient();
        CameraStream hopeless = client.start(Camera.at(dead.url()));
        CameraStream stream = client.open(Camera.at(camera.url()))) {
      assertThat(stream.streams()).isNotEmpty();
      assertThat(hopeless.streams()).isEmpty();
    }
  }
}
