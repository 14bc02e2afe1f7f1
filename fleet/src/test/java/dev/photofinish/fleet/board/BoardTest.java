package dev.photofinish.fleet.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The board of a node that is the first of its fleet. */
class BoardTest {
  private final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseMap(Map.of("pekko.actor.provider", "local"))
              .withFallback(ConfigFactory.parseResources("photofinish-fleet.conf"))
              .withFallback(ConfigFactory.defaultReference())
              .resolve());

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
}
