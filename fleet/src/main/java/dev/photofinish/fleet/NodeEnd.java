package dev.photofinish.fleet;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
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

  private static final Duration LEAVE = Duration.ofSeconds(6);
  private static final Duration DRAIN = Duration.ofSeconds(8);
  private static final long LOOK_MILLIS = 50;
  private static final int MOST_SHOWN = 4_000;

  private NodeEnd() {}

  /**
   * Leaves the fleet, and waits for it.
   *
   * @param isEmpty whether the node has given away what another one takes, for which it waits first
   */
  static void leave(ActorSystem<?> system, BooleanSupplier isEmpty) {
    try {
      long end = System.nanoTime() + DRAIN.toNanos();
      while (!isEmpty.getAsBoolean() && end - System.nanoTime() > 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
      CoordinatedShutdown.get(system)
          .runAll(CoordinatedShutdown.clusterLeavingReason())
          .toCompletableFuture()
          .get(LEAVE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("the node did not leave in order: {}", e.toString());
    }
  }

  /** Completes when the system has ended, or so long after all else of its shutdown is done. */
  static CompletableFuture<Void> of(ActorSystem<?> system, Duration late) {
    CompletableFuture<Void> ended =
        system.getWhenTerminated().thenAccept(done -> {}).toCompletableFuture();
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
        "end",
        () -> {
          if (isRefused(shutdown)) {
            LOG.error(
                "the fleet has other times than this node, and did not let it in: give it the"
                    + " fleet-stable-after, quorum and settings of Pekko of all others");
          }
          CompletableFuture.delayedExecutor(late.toMillis(), TimeUnit.MILLISECONDS)
              .execute(() -> end(ended, system));
          return CompletableFuture.completedFuture(Done.done());
        });
    return ended;
  }

  private static boolean isRefused(CoordinatedShutdown shutdown) {
    return shutdown
        .getShutdownReason()
        .filter(reason -> reason == CoordinatedShutdown.incompatibleConfigurationDetectedReason())
        .isPresent();
  }

  private static void end(CompletableFuture<Void> ended, ActorSystem<?> system) {
    try {
      if (!ended.isDone()) {
        LOG.warn("the node has left, and something of it does not end: {}", left(system));
      }
    } finally {
      ended.complete(null);
    }
  }

  /** The actors that are still there, of which one keeps the others. */
  private static String left(ActorSystem<?> system) {
    String tree = ((ExtendedActorSystem) Adapter.toClassic(system)).printTree();
    return tree.substring(0, Math.min(MOST_SHOWN, tree.length()));
  }
}
