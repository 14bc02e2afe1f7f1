package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.photofinish.fleet.serve.NodeCameras;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.retry.RetryOptions;
import dev.photofinish.retry.RetryStrategy;
import dev.photofinish.retry.TryFailure;
import dev.photofinish.rtsp.client.Camera;
import dev.photofinish.rtsp.client.CameraFailedException;
import dev.photofinish.rtsp.client.RtspClient;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** The cameras by which nodes read from each other. */
class PullingTest {
  private static final RetryOptions ONE_TRY =
      RetryOptions.builder().retryStrategy(RetryStrategy.NONE).build();

  @Test
  void aNodeThatIsGoneIsAskedUntilAnotherHoldsTheCamera() throws Exception {
    // One that gave up would repeat no picture for its readers, and be held again 5 s late.
    Camera camera = Pulling.of(null, "127.0.0.1").camera("rtsp://127.0.0.1:1/door");
    assertThat(camera.retry().maxReconnectionAttempts()).isEqualTo(-1);
  }

  /** Else all cameras of the node would be left alone for 5 s. */
  @Test
  void aCameraThatANodeDoesNotHoldIsNoSignThatTheNodeIsFull() throws Exception {
    Pulling pulling = Pulling.of(null, "127.0.0.1");
    try (Relay relay = Relay.start();
        RtspClient client = new RtspClient()) {
      NodeCameras cameras =
          new NodeCameras(relay, "192.0.2.9:25520", "", listed -> true, pulling::camera, 16);
      try (RtspServer server =
          pulling.server(cameras::findHeld, InetAddress.getLoopbackAddress(), relay)) {
        String at = "rtsp://" + Addresses.text(server.address()) + "/door";
        Camera door = pulling.camera(at).withRetry(ONE_TRY);
        assertThatThrownBy(() -> client.open(door))
            .isInstanceOfSatisfying(
                CameraFailedException.class,
                e -> assertThat(e.failure()).isEqualTo(TryFailure.NO_SUCH_STREAM));
      }
    }
  }
}
