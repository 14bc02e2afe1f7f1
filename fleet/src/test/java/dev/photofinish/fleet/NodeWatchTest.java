package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.photofinish.camera.CameraEvent.Kind;
import dev.photofinish.camera.SimulatedCamera;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.serve.NodeCameras;
import dev.photofinish.fleet.times.Takeover;
import dev.photofinish.relay.Relay;
import dev.photofinish.rtsp.client.Camera;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node that is down while its actor system goes on: another one that is down says nothing. */
class NodeWatchTest {
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final Config config =
      PekkoConfig.of(
          FleetOptions.defaults()
              .withListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .withPekko(
                  Map.of(
                      // Pekko ends a node that is down after four of them, if not all that are down
                      // have heard of it.
                      "pekko.cluster.leader-actions-interval", "60s",
                      "pekko.cluster.failure-detector.acceptable-heartbeat-pause", "300s",
                      "pekko.cluster.use-dispatcher", "one",
                      "one.type", "Dispatcher",
                      "one.executor", "thread-pool-executor",
                      "one.thread-pool-executor.fixed-pool-size", 1)));
  private final ActorSystem<Void> system = node();
  private final ActorSystem<Void> silent = node();

  private ActorSystem<Void> node() {
    return ActorSystem.create(Behaviors.empty(), PekkoConfig.system(), config);
  }

  @AfterEach
  void end() {
    stuck.countDown();
    silent.terminate();
    system.terminate();
  }

  /** Its cluster hears nothing any more. */
  private void silence() throws Exception {
    CountDownLatch silenced = new CountDownLatch(1);
    silent.systemActorOf(
        Behaviors.setup(
            context -> {
              silenced.countDown();
              stuck.await();
              return Behaviors.empty();
            }),
        "stuck",
        DispatcherSelector.fromConfig("one"));
    silenced.await();
  }

  @Test
  void letsGoOfItsCamerasBeforePekkoEndsIt() throws Exception {
    Cluster own = Cluster.get(system);
    Cluster other = Cluster.get(silent);
    own.manager().tell(Join.create(own.selfMember().address()));
    TestFleet.await(() -> own.selfMember().status() == MemberStatus.up());
    other.manager().tell(Join.create(own.selfMember().address()));
    TestFleet.await(() -> other.selfMember().status() == MemberStatus.joining());
    CompletableFuture<Void> ended = new CompletableFuture<>();
    try (SimulatedCamera camera = SimulatedCamera.builder().start();
        Relay relay = Relay.start()) {
      NodeCameras cameras = new NodeCameras(relay, "own", "", name -> true, Camera::at, 16);
      NodeWatch watch = new NodeWatch(system, Takeover.of(config), 0, cameras);
      watch.start(ended, () -> {});
      cameras.take(FleetCamera.of("door", camera.url()));
      camera.await(report -> !report.events(Kind.PLAYING).isEmpty(), TestFleet.BOUND);
      assertThat(watch.mayDial()).isTrue();

      silence();
      own.manager().tell(new Down(other.selfMember().address()));
      own.manager().tell(new Down(own.selfMember().address()));
      TestFleet.await(cameras::holdsNone);
      assertThat(camera.report().events(Kind.CLOSED)).hasSize(1);
      assertThat(watch.mayDial()).isFalse();
      assertThat(own.selfMember().status()).isEqualTo(MemberStatus.down());
    } finally {
      ended.complete(null);
    }
  }
}
