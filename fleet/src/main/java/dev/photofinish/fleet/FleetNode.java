package dev.photofinish.fleet;

import com.typesafe.config.Config;
import dev.photofinish.fleet.board.Board;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Moves;
import dev.photofinish.fleet.board.NodeName;
import dev.photofinish.fleet.board.NodeReport;
import dev.photofinish.fleet.camera.CameraFile;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.Conflicts;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.fleet.hold.StoredList;
import dev.photofinish.fleet.serve.NodeCameras;
import dev.photofinish.fleet.times.Takeover;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.rtsp.RtspServer;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.remote.RemoteTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of a fleet: relays on several machines that hold each camera exactly once, and serve it
 * from any of them.
 *
 * <pre>{@code
 * try (Relay relay = Relay.start();
 *     FleetNode node = FleetNode.start(FleetOptions.defaults(), relay);
 *     RtspServer server = RtspServer.builder(node).build()) {
 *   node.feed(Map.of("door", FleetCamera.of("door", "rtsp://192.0.2.1/stream")));
 *   server.start();
 *   ...
 * }
 * }</pre>
 *
 * <p>Every method may be called from any thread; {@link #close} and {@link #start} wait.
 */
public final class FleetNode implements AutoCloseable, Sources {
  private static final Logger LOG = LoggerFactory.getLogger(FleetNode.class);

  private final FleetOptions options;
  private final Takeover times;
  private final ActorSystem<Void> system;
  private final CompletableFuture<Void> ended;
  private final String node;
  private final NodeCameras cameras;
  private final RtspServer between;
  private final FleetState state = new FleetState();
  private final FleetActors actors;
  private volatile String web = "";
  private volatile boolean draining;

  private FleetNode(FleetOptions options, Config config, StoredList stored, Relay relay)
      throws IOException, GeneralSecurityException {
    this.options = options;
    this.times = Takeover.of(config);
    Pulling pulling = Pulling.of(options.tls(), options.host());
    system = ActorSystem.create(Behaviors.empty(), PekkoConfig.system(), config);
    ended = NodeEnd.of(system, NodeEnd.LATE);
    try {
      node = NodeName.of(Cluster.get(system).selfMember().address(), "");
      cameras =
          new NodeCameras(
              relay, node, options.zone(), state::isListed, pulling::camera, options.siteDials());
      between = pulling.server(cameras::findHeld, options.listen().getAddress(), relay);
      NodeWatch watch = new NodeWatch(system, times, options.quorum(), cameras);
      relay.dialWhile(watch::mayDial);
      closeCamerasFirst();
      actors =
          new FleetActors(
              system,
              node,
              state,
              cameras,
              stored,
              new Board.Callbacks(this::report, this::seen, this::drained));
      watch.start(ended, pulling::look);
      actors.join(options.join());
      LOG.info(
          "{} joins its fleet; cameras of a node that is lost are held by another after {} s",
          node,
          times.longestGap().toSeconds());
    } catch (IOException | RuntimeException e) {
      system.terminate();
      throw e;
    }
  }

  /**
   * Starts a node, which joins its fleet.
   *
   * @param relay that its cameras are added to; to be closed after the node
   * @throws IOException if its address cannot be listened at, or the list of cameras cannot be read
   * @throws InvalidOptionException if with the times of these options two nodes could hold a
   *     camera, or if files of TLS or the folder of the list cannot be used
   */
  public static FleetNode start(FleetOptions options, Relay relay) throws IOException {
    Path folder = options.state();
    CameraFile file = folder == null ? null : CameraFile.in(folder);
    CameraFile.Content content = file == null ? CameraFile.Content.EMPTY : file.read();
    try {
      StoredList stored = new StoredList(content, file);
      return new FleetNode(options, PekkoConfig.of(options), stored, relay);
    } catch (InvalidOptionException e) {
      throw e;
    } catch (RemoteTransportException e) {
      throw new IOException(
          "listen: cannot listen at "
              + options.host()
              + ":"
              + options.listen().getPort()
              + "; expected an address of this machine, and a port that is free",
          e);
    } catch (IllegalArgumentException e) {
      throw new InvalidOptionException("pekko", "", String.valueOf(e.getMessage()));
    } catch (GeneralSecurityException e) {
      throw new IOException("the files of TLS cannot be used: " + e.getMessage(), e);
    }
  }

  /** A node that goes down lets go of its cameras before anything else: others may dial soon. */
  private void closeCamerasFirst() {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "cameras",
            () -> {
              draining = true;
              return cameras.releaseAll().thenApply(done -> Done.done());
            });
  }

  private NodeReport report() {
    String rtsp = Pulling.url(between, options);
    return new NodeReport(node, options.zone(), rtsp, web, draining, cameras.holdings());
  }

  private void seen(FleetView view) {
    state.seen(view);
    cameras.view(view);
  }

  private void drained(String drained) {
    if (drained.equals(node)) {
      draining = true;
      if (!state.view().canTake(node)) {
        LOG.warn("no other node takes cameras: this one drains, and keeps its own until one does");
      }
    }
  }

  /** Its address in the fleet, {@code host:port}. */
  public String name() {
    return node;
  }

  /** All nodes with what they hold, as this node has heard. */
  public FleetView view() {
    return state.view();
  }

  /** The latest moves of cameras from one node to another that this node has seen, newest first. */
  public List<Moves.Move> moves() {
    return state.moves();
  }

  /** The latest changes of the list that did not hold, as this node has heard, newest first. */
  public List<Conflicts.Conflict> conflicts() {
    return state.conflicts().latest();
  }

  /** The list of cameras, as this node knows it. */
  public Map<String, FleetCamera> cameras() {
    return state.cameras();
  }

  /** The list with who changed what, as this node knows it. */
  public CameraTable list() {
    return state.list();
  }

  /** The times by which cameras are taken over. */
  public Takeover times() {
    return times;
  }

  /** Whether it is a member of its fleet that takes part. */
  public boolean isUp() {
    // What the cluster of a node that has ended says last does not change any more.
    return !ended.isDone() && Cluster.get(system).selfMember().status() == MemberStatus.up();
  }

  /** Completes when the node is no member any more, because it was closed or lost. */
  public CompletionStage<Void> ended() {
    return ended;
  }

  // ---- What it can be asked

  /** The page of this node, for the list of all nodes. */
  public void servesPageAt(String url) {
    web = url;
  }

  /**
   * Takes the cameras of a configuration file: what has changed in it since the last time is
   * changed for the whole fleet.
   */
  public void feed(Map<String, FleetCamera> cameras) {
    actors.feed(cameras);
  }

  /**
   * Changes a camera of the list, for the whole fleet. What it says and what configuration files
   * say are changes alike: the later one holds.
   *
   * @param change gives the camera as it is to be, empty to remove it, for what it is, empty where
   *     it is not listed; called once, on a thread that must not be blocked
   * @return whether a majority of the nodes has the change: it is not lost then if this node is.
   *     False after 3 s where that many are not reached; they hear of it when they are. Fails with
   *     what {@code change} throws, with {@link CameraTable.SiteChangedException}, or with {@link
   *     dev.photofinish.fleet.hold.ListUnavailableException} before the node has heard the list, or
   *     where that is full
   */
  public CompletionStage<Boolean> change(
      String camera, UnaryOperator<Optional<FleetCamera>> change) {
    Relay.checkName(camera);
    return ended.isDone()
        ? CompletableFuture.failedFuture(new IllegalStateException("this node has ended"))
        : actors.change(camera, change);
  }

  /**
   * Asks for a camera, with all of its site, to be held by a node. False if either is not known, or
   * it cannot be held there ({@link FleetView#whyNot}).
   */
  public boolean move(String camera, String toNode) {
    FleetCamera moved = state.cameras().get(camera);
    if (moved == null || state.view().whyNot(moved, toNode).isPresent()) {
      return false;
    }
    String shard = Shards.shard(moved.entity());
    actors.tellAll(new Board.Move(shard, toNode));
    return true;
  }

  /**
   * Asks a node to give away its cameras, and to take no more. It keeps what no other node takes.
   * False if it is not known, or cannot be reached at the moment.
   */
  public boolean drain(String drainedNode) {
    FleetView view = state.view();
    if (!view.reports().containsKey(drainedNode) || view.unreachable().containsKey(drainedNode)) {
      return false;
    }
    actors.tellAll(new Board.Drain(drainedNode));
    return true;
  }

  /** A camera of the fleet for a reader of this node, whichever node holds it. */
  @Override
  public Optional<Source> find(String name) {
    return cameras.find(name);
  }

  /**
   * Gives away its cameras, those that take one client first, and leaves; waits for it, 14 s at
   * most.
   */
  @Override
  public void close() {
    draining = true;
    NodeEnd.leave(
        system, () -> ended.isDone() || !state.view().canTake(node) || cameras.holdsNone());
    between.close();
  }
}
