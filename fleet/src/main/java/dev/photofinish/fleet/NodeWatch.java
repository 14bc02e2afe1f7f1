package dev.photofinish.fleet;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import dev.photofinish.fleet.serve.NodeCameras;
import dev.photofinish.fleet.times.FreezeWatch;
import dev.photofinish.fleet.times.Takeover;
import dev.photofinish.fleet.times.WakefulClock;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a node, and ends it where it cannot know any more what it holds, and where it has begun a
 * fleet beside one that may be there: its supervisor starts it again, and it asks the others again.
 *
 * <p>On threads of its own: an event loop that is busy is no process that stood still.
 */
final class NodeWatch {
  private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);
  private static final long LOOK_MILLIS = 250;
  private static final long SWEEP_SECONDS = 5;
  private static final int LOOKS_WHILE_JOINING = 120;

  private final ActorSystem<Void> system;
  private final NodeCameras cameras;
  private final int quorum;
  private final FreezeWatch freeze;
  private int looksWhileJoining;

  /**
   * @param quorum nodes that a side needs to go on; 0 for the majority
   */
  NodeWatch(ActorSystem<Void> system, Takeover times, int quorum, NodeCameras cameras) {
    this.system = system;
    this.cameras = cameras;
    this.quorum = quorum;
    this.freeze = new FreezeWatch(times, new WakefulClock(), this::mayHaveLost);
  }

  /**
   * Looks from now on, until the node has ended.
   *
   * @param others what else is to be looked at now and then
   */
  void start(CompletionStage<Void> ended, Runnable others) {
    ScheduledExecutorService threads =
        Executors.newScheduledThreadPool(2, new DefaultThreadFactory("fleet", true));
    var unusedLooks =
        threads.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, MILLISECONDS);
    var unusedSweeps =
        threads.scheduleAtFixedRate(cameras::sweep, SWEEP_SECONDS, SWEEP_SECONDS, SECONDS);
    var unusedOthers = threads.scheduleAtFixedRate(others, 0, SWEEP_SECONDS, SECONDS);
    CompletionStage<Void> unused = ended.thenRun(threads::shutdown); // and all that they repeat
  }

  /** Whether a camera may be dialled: not once the process stood still, or its side has lost. */
  boolean mayDial() {
    return !freeze.isFrozen() && !isDown();
  }

  private boolean isDown() {
    return Cluster.get(system).selfMember().status() == MemberStatus.down();
  }

  /** Whether the nodes that it reaches would not go on without the others. */
  private boolean mayHaveLost() {
    ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
    int missing = state.getUnreachable().size();
    int reached = state.members().size() - missing;
    return missing > 0 && (quorum > 0 ? reached < quorum : reached <= missing);
  }

  private void look() {
    MemberStatus status = Cluster.get(system).selfMember().status();
    if (status == MemberStatus.joining() || status == MemberStatus.removed()) {
      freeze.restart(); // it holds nothing yet
    }
    if (freeze.isFrozen()) {
      end();
    } else if (isDown()) {
      // Pekko ends the node when the others that are down have heard of it too, which may take 5 s
      // more: others dial its cameras soon.
      CompletionStage<Void> unusedClosing = cameras.releaseAll();
    }
    looksWhileJoining = status == MemberStatus.joining() ? looksWhileJoining + 1 : 0;
    if (looksWhileJoining == LOOKS_WHILE_JOINING) {
      LOG.error("too few of the nodes to join are here to begin a fleet; a fleet may be elsewhere");
      end();
    }
  }

  /** Others may hold its cameras: their connections are closed before all else. */
  private void end() {
    CompletionStage<Void> unusedClosing = cameras.releaseAll();
    CompletionStage<Done> unused =
        CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterDowningReason());
  }
}
