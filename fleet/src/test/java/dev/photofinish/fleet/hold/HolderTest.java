package dev.photofinish.fleet.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.TestActors;
import dev.photofinish.fleet.TestFleet;
import dev.photofinish.fleet.camera.FleetCamera;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A holder between its shard, the list of cameras and the relay. */
class HolderTest {
  private static final FleetCamera DOOR = FleetCamera.of("door", "rtsp://h/a");

  private final ActorTestKit kit =
      TestActors.kit(Map.of("pekko.actor.testkit.typed.single-expect-default", TestFleet.BOUND));
  private final TestProbe<ClusterSharding.ShardCommand> shard =
      kit.createTestProbe(ClusterSharding.ShardCommand.class);
  private final TestProbe<CameraList.Message> list = kit.createTestProbe(CameraList.Message.class);
  private final TestProbe<String> done = kit.createTestProbe(String.class);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Reports what is asked of it to a probe. */
  private final Ownership relay =
      new Ownership() {
        @Override
        public void take(FleetCamera camera) {
          done.getRef().tell("take " + camera.url());
        }

        @Override
        public CompletionStage<Void> release(String name) {
          done.getRef().tell("release " + name);
          return closed;
        }

        @Override
        public CompletionStage<Void> releaseAll() {
          return closed;
        }
      };

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  private ActorRef<Holder.Message> start() {
    ActorRef<Holder.Message> holder =
        kit.spawn(
            Holder.of(
                new EntityContext<>(Holder.KEY, DOOR.entity(), shard.getRef()),
                list.getRef(),
                relay));
    assertThat(list.receiveMessage()).isEqualTo(new CameraList.HolderStarted("door", holder));
    return holder;
  }

  @Test
  void holdsWhatIsListedAndStopsWhenTheConnectionIsClosed() {
    ActorRef<Holder.Message> holder = start();
    holder.tell(new Holder.Wake());
    holder.tell(new Holder.Listed(DOOR));
    done.expectMessage("take rtsp://h/a");
    holder.tell(new Holder.Stop());
    holder.tell(new Holder.Stop());
    holder.tell(new Holder.Listed(DOOR));
    done.expectMessage("release door");
    TestProbe<Object> watch = kit.createTestProbe();
    List<Object> before = new ArrayList<>(List.of(closed.isDone()));
    closed.complete(null);
    watch.expectTerminated(holder, watch.getRemainingOrDefault());
    assertThat(before).containsExactly(false);
    assertThat(list.receiveMessage()).isEqualTo(new CameraList.HolderStopped("door", holder));
    done.expectNoMessage(Duration.ZERO);
  }

  @Test
  void asksItsShardToForgetItWhenItIsListedNoMore() {
    ActorRef<Holder.Message> holder = start();
    holder.tell(new Holder.Unlisted());
    assertThat(shard.receiveMessage()).isEqualTo(new ClusterSharding.Passivate<>(holder));
  }

  @Test
  void releasesTheCameraThoughItIsStoppedAtOnce() {
    ActorRef<Holder.Message> holder = start();
    holder.tell(new Holder.Listed(DOOR));
    done.expectMessage("take rtsp://h/a");
    kit.stop(holder);
    done.expectMessage("release door");
  }
}
