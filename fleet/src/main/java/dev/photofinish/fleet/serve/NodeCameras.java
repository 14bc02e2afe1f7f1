package dev.photofinish.fleet.serve;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.LearntLimit;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.fleet.hold.Ownership;
import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.relay.CameraStatus;
import dev.photofinish.relay.Relay;
import dev.photofinish.relay.RelayedCamera;
import dev.photofinish.relay.RelayedCameraOptions;
import dev.photofinish.relay.source.Source;
import dev.photofinish.relay.source.Sources;
import dev.photofinish.rtsp.client.Camera;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cameras of a node's relay: those that it holds, connected to the camera, and those that its
 * readers want and another node holds, connected to that node while someone reads them. A camera
 * that goes from one to the other keeps its readers.
 */
public final class NodeCameras implements Ownership, Sources {
  private static final Logger LOG = LoggerFactory.getLogger(NodeCameras.class);

  private final Relay relay;
  private final String node;
  private final String zone;
  private final Predicate<String> isListed;
  private final Function<String, Camera> pulling;
  private final SiteDials siteDials;
  private final LearntLimits limits = new LearntLimits();
  private final BitRates rates = new BitRates();

  // Guarded by this.
  private final Map<String, Held> held = new TreeMap<>();

  /** The URL that each camera of another node is pulled from. */
  private final Map<String, String> pulls = new TreeMap<>();

  /** Those that were let go of, until their connections are closed. */
  private final Map<String, CompletableFuture<Void>> closing = new TreeMap<>();

  private Map<String, FleetView.Held> holders = Map.of();

  private record Held(FleetCamera camera, Instant since) {}

  /**
   * The cameras of a node.
   *
   * @param node its address in the fleet
   * @param zone that it is in; empty for none
   * @param isListed whether a name is that of a camera of the fleet
   * @param pulling the camera by which another node is read at a URL
   * @param siteDials most dials in progress to the cameras of one site
   */
  public NodeCameras(
      Relay relay,
      String node,
      String zone,
      Predicate<String> isListed,
      Function<String, Camera> pulling,
      int siteDials) {
    this.relay = relay;
    this.node = node;
    this.zone = zone;
    this.isListed = isListed;
    this.pulling = pulling;
    this.siteDials = new SiteDials(siteDials);
    relay.addListener(limits);
  }

  // ---- Those that it holds

  @Override
  public synchronized void take(FleetCamera camera) {
    Held before = held.get(camera.name());
    if (before != null && before.camera().equals(camera)) {
      return;
    }
    if (!camera.isReachableFrom(zone)) {
      outOfReach(camera);
      return;
    }
    try {
      Camera reached = siteDials.within(camera.site(), camera.camera());
      if (before == null) {
        takeOver(camera.name(), reached);
      } else if (!before.camera().url().equals(camera.url())) {
        limits.forget(camera.name());
      }
      put(camera.name(), reached, camera.relayOptions());
    } catch (InvalidOptionException e) {
      LOG.error("{} cannot be held: {}", camera, e.getMessage());
      return;
    }
    held.put(camera.name(), new Held(camera, before == null ? Instant.now() : before.since()));
    pulls.remove(camera.name());
    LOG.info("{} is held by this node", camera);
  }

  /** At its address there may be another camera, as seen from here. */
  private void outOfReach(FleetCamera camera) {
    LOG.warn(
        "{} is not connected to: it can be reached from {}, where this node is not; it waits for"
            + " one that is",
        camera,
        camera.zonesInWords());
    CompletionStage<Void> unused = release(camera.name());
  }

  /** What its last holder learnt is known before the first dial. */
  private void takeOver(String name, Camera camera) {
    LearntLimit known = limits.take(name);
    if (known != null) {
      Duration age = known.age(System.currentTimeMillis());
      known.limit().ifPresent(limit -> relay.remember(camera, limit, age));
    }
  }

  private void put(String name, Camera camera, RelayedCameraOptions options) {
    if (relay.camera(name).isPresent()) {
      relay.change(name, camera, options);
    } else {
      relay.add(name, camera, options);
    }
  }

  @Override
  public synchronized CompletionStage<Void> release(String name) {
    if (held.remove(name) == null) {
      // Whoever asks again must not be told earlier.
      return closing.getOrDefault(name, CompletableFuture.completedFuture(null));
    }
    rates.forget(name);
    limits.release(name);
    LOG.info("{} is let go by this node", name);
    CompletableFuture<Void> closed =
        relay
            .suspend(name, "another node takes it over")
            .thenRun(() -> leave(name))
            .toCompletableFuture();
    closing.put(name, closed);
    CompletableFuture<?> unused = closed.whenComplete((done, failure) -> closed(name, closed));
    return closed;
  }

  private synchronized void closed(String name, CompletableFuture<Void> of) {
    closing.remove(name, of);
  }

  /** Its readers wait for the node that takes it next; without any it is forgotten. */
  private synchronized void leave(String name) {
    if (held.containsKey(name)) {
      return;
    }
    boolean isRead = relay.camera(name).map(c -> !c.status().readers().isEmpty()).orElse(false);
    if (isRead && isListed.test(name)) {
      pulls.put(name, "");
      pull(name);
    } else {
      relay.remove(name);
    }
  }

  @Override
  public CompletionStage<Void> releaseAll() {
    Set<String> names;
    synchronized (this) {
      names = new TreeSet<>(held.keySet());
      names.addAll(closing.keySet());
    }
    return CompletableFuture.allOf(
        names.stream()
            .map(name -> release(name).toCompletableFuture())
            .toArray(CompletableFuture[]::new));
  }

  /** Whether this node holds no camera, and no connection to one is open any more. */
  public synchronized boolean holdsNone() {
    return held.isEmpty() && closing.isEmpty();
  }

  /** All that this node holds, as it is now. */
  public List<Holding> holdings() {
    Map<String, Held> now;
    synchronized (this) {
      now = new TreeMap<>(held);
    }
    List<Holding> holdings = new ArrayList<>();
    now.forEach(
        (name, one) ->
            relay.camera(name).ifPresent(camera -> holdings.add(holding(one, camera.status()))));
    return holdings;
  }

  private Holding holding(Held one, CameraStatus status) {
    String name = one.camera().name();
    LearntLimit limit = limits.of(name);
    return new Holding(
        name,
        Shards.shard(one.camera().entity()),
        one.since().toEpochMilli(),
        status.state().name(),
        rates.rate(status, System.nanoTime()),
        status.readers().size(),
        limit != null && limit.isOneClient(),
        limit);
  }

  // ---- Those that others hold

  /** Takes where cameras are; what is read of another node follows its camera. */
  public synchronized void view(FleetView next) {
    holders = next.holders();
    limits.hear(holders, node, isListed);
    List.copyOf(pulls.keySet()).forEach(this::pull);
  }

  private void pull(String name) {
    String before = pulls.get(name);
    String url = url(name).orElse(before);
    if (url != null && !url.equals(before)) {
      pulls.put(name, url);
      put(name, pulling.apply(url), RelayedCameraOptions.defaults().withOnDemand(true));
      LOG.info("{} is read from {}", name, url);
    }
  }

  private Optional<String> url(String name) {
    return Optional.ofNullable(holders.get(name))
        .map(FleetView.Held::node)
        .filter(report -> !report.node().equals(node))
        .map(report -> report.rtsp() + name);
  }

  /** Forgets what nobody reads; to be called now and then. */
  public synchronized void sweep() {
    for (String name : List.copyOf(pulls.keySet())) {
      Optional<RelayedCamera> camera = relay.camera(name);
      boolean isRead =
          camera
              .map(RelayedCamera::status)
              .filter(s -> !s.readers().isEmpty() || s.statistics() != null)
              .isPresent();
      if (!isListed.test(name) || (!isRead && wasIdle(camera))) {
        pulls.remove(name);
        relay.remove(name);
      }
    }
  }

  private static boolean wasIdle(Optional<RelayedCamera> camera) {
    Instant minuteAgo = Instant.now().minusSeconds(60);
    return camera.map(c -> c.status().since().isBefore(minuteAgo)).orElse(true);
  }

  /** What readers of this node find: every camera of the fleet. */
  @Override
  public synchronized Optional<Source> find(String name) {
    if (!held.containsKey(name)) {
      if (!isListed.test(name)) {
        return Optional.empty();
      }
      pulls.putIfAbsent(name, "");
      pull(name);
      if (pulls.getOrDefault(name, "").isEmpty() && relay.camera(name).isEmpty()) {
        pulls.remove(name);
        return Optional.of(new UnheldSource(name));
      }
    }
    return relay.find(name);
  }

  /**
   * What other nodes find: what this node holds itself, so that no two pull from each other. All
   * else is not there (404), also what it held a moment ago: by a 503 the other node would take it
   * for a device that is full, and leave all of its cameras alone for a while.
   */
  public synchronized Optional<Source> findHeld(String name) {
    return held.containsKey(name) ? relay.find(name) : Optional.empty();
  }
}
