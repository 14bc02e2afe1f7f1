package dev.photofinish.fleet.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.fleet.TestActors;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The board of a node that is the first of its fleet. */
class BoardTest {
  private final ActorTestKit kit = TestActors.kit();

  private final BlockingQueue<String> drained = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    kit.shutdownTestKit();
  }

  /** Its own board counts before the receptionist has named any. */
  @Test
  void aDrainThatIsWantedAtOnceIsNotLost() throws Exception {
    NodeReport report = new NodeReport("a", "", "", "", false, List.of());
    ActorRef<Board.Message> board =
        kit.spawn(Board.of(new Board.Callbacks(() -> report, view -> {}, drained::add)));
    board.tell(new Board.ToAll(new Board.Drain("a")));
    assertThat(drained.poll(60, TimeUnit.SECONDS)).isEqualTo("a");
  }

  /** As the receptionist of another node does it with one that was long in joining. */
  @Test
  void aBoardThatIsTakenOffTheListIsPutThereAgain() {
    NodeReport report = new NodeReport("a", "", "", "", false, List.of());
    ActorRef<Board.Message> board =
        kit.spawn(Board.of(new Board.Callbacks(() -> report, view -> {}, drained::add)));
    ServiceKey<Board.Message> key = ServiceKey.create(Board.Message.class, "board");
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe(Receptionist.Listing.class);
    var receptionist = kit.system().receptionist();
    receptionist.tell(Receptionist.subscribe(key, listings.getRef()));
    awaitListed(listings, key, true);
    receptionist.tell(Receptionist.deregister(key, board));
    awaitListed(listings, key, false);
    awaitListed(listings, key, true);
  }

  private static void awaitListed(
      TestProbe<Receptionist.Listing> listings, ServiceKey<Board.Message> key, boolean listed) {
    listings.fishForMessage(
        Duration.ofSeconds(60),
        listing ->
            listing.getAllServiceInstances(key).isEmpty() == listed
                ? FishingOutcomes.continueAndIgnore()
                : FishingOutcomes.complete());
  }
}
