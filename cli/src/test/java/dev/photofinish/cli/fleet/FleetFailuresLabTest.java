package dev.photofinish.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.camera.lab.Needs;
import dev.photofinish.rtsp.client.RtspClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes in network namespaces, to which a seeded sequence of failures happens, one at a time.
 * A node that ends is started again at once, as a supervisor does, also while it is still cut off.
 * The cameras count: no connection beside another, none dropped, each plays again; readers at the
 * other nodes stay.
 */
@Tag("lab")
class FleetFailuresLabTest {
  private static final int CAMERAS = 6;
  private static final int FIRST_PICTURES = 10;
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final long seed = Long.getLong("photofinish.seed", System.nanoTime());
  private final int count = Integer.getInteger("photofinish.fleet.failures", 1);
  private final Random random = new Random(seed);
  private final Map<Failure, Row> table = new EnumMap<>(Failure.class);
  private final List<String> broken = new ArrayList<>();

  /** Failures during which nodes that were well left: only connections are judged then. */
  private int disturbances;

  @TempDir private Path folder;

  @Test
  void aCameraHasOneConnectionWhateverHappensToNodes() throws Exception {
    Needs.lab(Assumptions::abort);
    System.out.println("fleet lab: -Dphotofinish.seed=" + seed);
    try (LabFleet fleet = new LabFleet(folder, CAMERAS, Duration.ofMinutes(5L + 3L * count))) {
      Map<String, String> holders = fleet.awaitSettled(0);
      List<Failure> next = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        if (next.isEmpty()) {
          Collections.addAll(next, Failure.values());
          Collections.shuffle(next, random);
        }
        Scene scene = new Scene(fleet, next.remove(0), random.nextInt(LabFleet.NODES), holders);
        holders = played(fleet, scene, i);
      }
      print(fleet.longestGap());
    }
    System.out.println("fleet lab: in " + disturbances + " failures the machine stood still");
    assertThat(broken).isEmpty();
  }

  private static Map<String, String> played(LabFleet fleet, Scene scene, int number)
      throws Exception {
    try {
      return scene.play(number);
    } catch (IOException e) {
      throw new IOException(scene + ": " + e.getMessage() + "\n" + fleet.describe(), e);
    }
  }

  private void print(Duration promised) {
    System.out.println("fleet lab: promised " + DemoReport.seconds(promised) + " and a reconnect");
    table.forEach((failure, row) -> System.out.println("fleet lab: " + failure + ": " + row));
  }

  /** What failures of one kind did. */
  private static final class Row {
    private int count;
    private int moved;
    private Duration again = Duration.ZERO;
    private Duration gap = Duration.ZERO;
    private Duration still = Duration.ZERO;
    private int peak;
    private int dropped;

    @Override
    public String toString() {
      return "%d times, %d cameras moved, played again %s after the failure, %s without a connection,"
              .formatted(count, moved, DemoReport.seconds(again), DemoReport.seconds(gap))
          + " picture stood still for %s, at most %d connections at once, %d dropped"
              .formatted(DemoReport.seconds(still), peak, dropped);
    }
  }

  /** One failure of one node, until all is well again. */
  private final class Scene {
    private final LabFleet fleet;
    private final Failure failure;
    private final int victim;
    private List<LabCamera> held;
    private final List<DemoViewer> viewers = new ArrayList<>();
    private final Map<DemoViewer, Integer> seen = new HashMap<>();

    Scene(LabFleet fleet, Failure failure, int victim, Map<String, String> holders) {
      this.fleet = fleet;
      this.failure = failure;
      this.victim = victim;
      this.held = held(holders);
    }

    private List<LabCamera> held(Map<String, String> holders) {
      return fleet.cameras().stream()
          .filter(c -> fleet.name(victim).equals(holders.get(c.name())))
          .toList();
    }

    Map<String, String> play(int number) throws Exception {
      try (RtspClient client = new RtspClient()) {
        view(client);
        held = held(fleet.awaitSettled(victim)); // one may have moved meanwhile
        fleet.cameras().forEach(LabCamera::begin);
        long start = System.nanoTime();
        happen(start);
        awaitPictures();
        recover();
        Map<String, String> holders = fleet.awaitSettled(victim);
        awaitPictures();
        judge(number);
        System.out.printf(
            "fleet lab: %d. node %d, which held %d: %s; well again after %s; so far %s%n",
            number,
            victim,
            held.size(),
            failure,
            DemoReport.seconds(Duration.ofNanos(System.nanoTime() - start)),
            table.get(failure));
        return holders;
      }
    }

    @Override
    public String toString() {
      return "node " + victim + ", " + failure;
    }

    /** Viewers at the other nodes, mostly of cameras of the one to which it happens. */
    private void view(RtspClient client) throws Exception {
      List<LabCamera> order = new ArrayList<>(held);
      fleet.cameras().stream().filter(c -> !held.contains(c)).forEach(order::add);
      for (int other : LabFleet.others(victim)) {
        for (LabCamera camera : order.subList(0, Math.min(3, order.size()))) {
          viewers.add(DemoViewer.start(client, fleet.started(other), camera.name()));
        }
      }
      awaitPictures();
    }

    private void awaitPictures() throws Exception {
      viewers.forEach(v -> seen.put(v, v.pictures()));
      fleet.until(
          "new pictures at the nodes that stay",
          () -> {
            fleet.othersMustRun(victim);
            return fleet.isDisturbed()
                || viewers.stream()
                    .allMatch(v -> v.pictures() >= seen.getOrDefault(v, 0) + FIRST_PICTURES);
          });
    }

    private void awaitMoved() throws Exception {
      fleet.until(
          "the cameras of node " + victim + " to play at another",
          () -> {
            fleet.othersMustRun(victim);
            return held.stream()
                .allMatch(c -> (fleet.isDisturbed() || c.again() != null) && c.isPlaying());
          });
    }

    private void awaitPassed(long start, Duration time) throws Exception {
      fleet.until("time to pass", () -> System.nanoTime() - start >= time.toNanos());
    }

    private void happen(long start) throws Exception {
      viewers.forEach(DemoViewer::reset);
      switch (failure) {
        case KILLED -> {
          fleet.node(victim).close();
          awaitMoved();
        }
        case PARTED -> part(true, true, false);
        case DEAF -> part(true, false, false);
        case MUTE -> part(false, true, false);
        case CUT_OFF -> part(true, true, true);
        case STOPPED -> {
          fleet.signal(victim, "STOP");
          awaitMoved();
          awaitPassed(start, STOP);
          fleet.signal(victim, "CONT");
          endsAs(1);
        }
        case PAUSED -> {
          fleet.signal(victim, "STOP");
          awaitPassed(start, PAUSE);
          fleet.signal(victim, "CONT");
        }
        case DRAINED -> {
          fleet.started(victim).client().drain(fleet.name(victim));
          awaitMoved();
          fleet.signal(victim, "TERM");
          endsAs(0);
        }
      }
    }

    /** The side that lost ends; it is started again while it is still cut off. */
    private void part(boolean coming, boolean going, boolean everything) throws Exception {
      fleet.part(victim, coming, going, everything);
      endsAs(1);
      fleet.start(victim);
      awaitMoved();
      fleet.until("node " + victim + " to run", () -> fleet.node(victim).started().isPresent());
    }

    private void endsAs(int code) throws Exception {
      int ended = fleet.awaitEnd(victim);
      if (ended != code && !fleet.isDisturbed()) {
        broken.add(failure + ": node " + victim + " ended with code " + ended);
      }
    }

    private void recover() throws Exception {
      fleet.heal(victim);
      if (!fleet.node(victim).process().isAlive()) {
        fleet.start(victim);
      }
    }

    private void judge(int number) {
      boolean disturbed = fleet.wasDisturbed();
      if (disturbed) {
        disturbances++;
      }
      Row row = table.computeIfAbsent(failure, f -> new Row());
      row.count++;
      row.moved += held.size();
      for (LabCamera camera : fleet.cameras()) {
        int allowed = failure.leavesConnections() && held.contains(camera) ? 1 : 0;
        if (camera.peak() > 1 + allowed || camera.dropped() > allowed) {
          broken.add(
              "%d. %s: %s had %d connections at once and dropped %d"
                  .formatted(number, failure, camera.name(), camera.peak(), camera.dropped()));
        }
        row.peak = Math.max(row.peak, camera.peak());
        row.dropped += camera.dropped();
      }
      if (disturbed) {
        return;
      }
      for (LabCamera camera : held) {
        row.again = longer(row.again, camera.again());
        row.gap = longer(row.gap, camera.gap());
        if (failure == Failure.PAUSED && camera.connected() > 0) {
          broken.add("%d. %s: %s was connected to again".formatted(number, failure, camera.name()));
        }
      }
      for (DemoViewer viewer : viewers) {
        row.still = longer(row.still, viewer.still());
        if (viewer.closed() > 0) {
          broken.add(
              "%d. %s: a reader of %s at %s was closed"
                  .formatted(number, failure, viewer.camera(), viewer.node()));
        }
      }
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
      return other != null && other.compareTo(one) > 0 ? other : one;
    }
  }
}
