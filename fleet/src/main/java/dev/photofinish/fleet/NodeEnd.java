package dev.photofinish.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a node. That of its actor system may not come, which was seen after a partition: by
 * then the node has let go of its cameras and left, and whoever starts it again must not wait.
 */
final class NodeEnd {
  /** For the actor system to end, when the node has left. */
  static final Duration LATE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NodeEnd.class);

  private NodeEnd() {}

  /** Completes when the system has ended, or so long after all else of its shutdown is done. */
  static CompletableFuture<Void> of(ActorSystem<?> system, Duration late) {
    CompletableFuture<Void> ended =
        system.getWhenTerminated().thenAccept(done -> {}).toCompletableFuture();
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
            "end",
            () -> {
              CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS)
                  .execute(() -> end(ended));
              return CompletableFuture.completedFuture(Done.done());
            });
    return ended;
  }

  private static void end(CompletableFuture<Void> ended) {
    if (ended.complete(null)) {
      LOG.warn("the node has left, and something of it does not end");
    }
  }
}
