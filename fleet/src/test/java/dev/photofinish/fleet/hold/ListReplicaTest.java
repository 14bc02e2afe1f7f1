package dev.photofinish.fleet.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.TestActors;
import dev.photofinish.fleet.TestFleet;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list in Distributed Data, whose replicator may be late or not reach a majority. */
class ListReplicaTest {
  private static final CameraTable DOOR =
      CameraTable.EMPTY.with(FleetCamera.of("door", "rtsp://h/a"), "a");
  private static final int DOOR_PART = TableKeys.all().indexOf(TableKeys.of("door"));

  private final ActorTestKit kit = TestActors.kit();
  private final TestProbe<Replicator.Command> replicator =
      kit.createTestProbe(Replicator.Command.class);
  private final TestProbe<CameraTable> parts = kit.createTestProbe(CameraTable.class);

  /** This test answers sooner, but once. */
  private static final Duration TOO_LONG = Duration.ofSeconds(4);

  private record Read(CameraTable part) implements CameraList.Message {}

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  @Test
  void eachPartIsReadUntilAMajorityHasAnswered() {
    kit.spawn(
        Behaviors.<CameraList.Message>setup(
            context -> {
              ListReplica replica = new ListReplica(context, replicator.getRef(), TOO_LONG);
              assertThat(replica.read(Read::new)).isEqualTo(TableKeys.all().size());
              return Behaviors.receiveMessage(
                  message -> {
                    parts.getRef().tell(((Read) message).part());
                    return Behaviors.same();
                  });
            }));
    Set<Key<CameraTable>> unanswered = new HashSet<>();
    Set<Key<CameraTable>> failed = new HashSet<>();
    for (int answered = 0; answered < TableKeys.all().size(); ) {
      Replicator.Get<CameraTable> get = next();
      if (unanswered.add(get.key())) {
        continue; // the first time it takes too long
      }
      if (failed.add(get.key())) {
        get.replyTo().tell(new Replicator.GetFailure<>(get.key()));
        continue;
      }
      answered++;
      get.replyTo()
          .tell(
              TableKeys.all().indexOf(get.key()) == DOOR_PART
                  ? new Replicator.GetSuccess<>(get.key(), DOOR)
                  : new Replicator.NotFound<>(get.key()));
    }
    CameraTable all = CameraTable.EMPTY;
    for (int part = 0; part < TableKeys.all().size(); part++) {
      all = all.merge(parts.receiveMessage(TestFleet.BOUND));
    }
    assertThat(all).isEqualTo(DOOR);
    parts.expectNoMessage(Duration.ZERO);
  }

  @SuppressWarnings("unchecked") // the only type of data here
  private Replicator.Get<CameraTable> next() {
    return (Replicator.Get<CameraTable>) replicator.receiveMessage(TestFleet.BOUND);
  }
}
