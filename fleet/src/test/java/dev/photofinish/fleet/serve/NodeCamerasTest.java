package dev.photofinish.fleet.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.relay.Relay;
import dev.photofinish.rtsp.client.Camera;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The cameras of a node's relay, as they are taken and let go of. */
class NodeCamerasTest {
  @Test
  void whoeverAsksForACameraToBeLetGoOfHearsWhenItsConnectionIsClosed() throws Exception {
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start()) {
      NodeCameras cameras =
          new NodeCameras(relay, "192.0.2.9:25520", "", name -> true, Camera::at, 16);
      cameras.take(FleetCamera.of("door", camera.url()));
      camera.await(r -> !r.events(Kind.PLAYING).isEmpty(), Duration.ofSeconds(10));
      CompletionStage<Void> first = cameras.release("door");
      CompletionStage<Void> second = cameras.release("door");
      CompletionStage<Void> all = cameras.releaseAll();
      for (CompletionStage<Void> asked : List.of(second, all, first)) {
        asked.toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(camera.report().events(Kind.SESSION_ENDED)).as("by TEARDOWN").hasSize(1);
      }
      camera.await(r -> r.connectionsOpen() == 0, Duration.ofSeconds(10));
      assertThat(cameras.holdsNone()).isTrue();
    }
  }
}
