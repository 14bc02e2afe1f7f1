package dev.photofinish.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;

/** The end of a node whose actor system does not end. */
class NodeEndTest {
  private final CountDownLatch stuck = new CountDownLatch(1);

  private ActorSystem<Void> system() {
    return ActorSystem.create(
        Behaviors.<Void>setup(
            context ->
                Behaviors.receive(Void.class)
                    .onSignal(
                        PostStop.class,
                        signal -> {
                          stuck.await();
                          return Behaviors.same();
                        })
                    .build()),
        "end",
        ConfigFactory.parseString("pekko.coordinated-shutdown.exit-jvm = off")
            .withFallback(ConfigFactory.defaultReference()));
  }

  @Test
  void comesAllTheSameAndWithTheSystemWhereThatIsSooner() throws Exception {
    ActorSystem<Void> system = system();
    CompletableFuture<Void> ended = NodeEnd.of(system, Duration.ofMillis(100));
    var unused = CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.unknownReason());
    ended.get(TestFleet.BOUND.toSeconds(), TimeUnit.SECONDS);
    assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();
    stuck.countDown();
    system
        .getWhenTerminated()
        .toCompletableFuture()
        .get(TestFleet.BOUND.toSeconds(), TimeUnit.SECONDS);

    ActorSystem<Void> soon = system();
    CompletableFuture<Void> end = NodeEnd.of(soon, TestFleet.BOUND.multipliedBy(2));
    soon.terminate();
    end.get(TestFleet.BOUND.toSeconds(), TimeUnit.SECONDS);
  }
}
