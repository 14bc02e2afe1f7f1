package dev.photofinish.cli.fleet;

import dev.photofinish.fleet.FleetOptions;
import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import dev.photofinish.fleet.place.Listing;
import dev.photofinish.fleet.place.Placement;
import dev.photofinish.fleet.place.ShardLoads;
import dev.photofinish.race.limiter.DialLimiterOptions;
import dev.photofinish.simulation.NodeLoss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A fleet without machines, some of whose nodes die at once: placement and times are the fleet's,
 * limiter, races and retries those of every stream, and the clock is virtual.
 */
final class SimulatedFleet {
  /** For the majority of nodes to write down where a shard is: an assumption. */
  private static final Duration ALLOCATING = Duration.ofMillis(10);

  /** {@code stable-after} as Pekko recommends it: up to so many nodes, so many seconds. */
  private static final int[][] STABLE_AFTER = {
    {5, 7}, {10, 10}, {20, 13}, {50, 17}, {100, 20}, {1_000, 30}
  };

  private static final long MEGABIT = 1_000_000;

  private final LossOptions options;
  private final int siteDials;
  private final int[] sites;
  private final int[] nodes;
  private final long[] bits;
  private final ShardLoads loads;
  private final Map<String, List<String>> shards = new TreeMap<>();
  private final FleetView view;

  private final Listing listing =
      new Listing() {
        @Override
        public int reachable(String shard, String zone) {
          return cameras(shard);
        }

        @Override
        public int cameras(String shard) {
          return sites[number(shard)];
        }
      };

  /**
   * The end of it.
   *
   * @param options what was simulated
   * @param takeover of the lost nodes' cameras, nanoseconds
   * @param mostLoad of the node with the most, as a share of the average
   */
  record Outcome(LossOptions options, long takeover, NodeLoss.Run run, double mostLoad) {}

  private SimulatedFleet(LossOptions options, int siteDials) {
    this.options = options;
    this.siteDials = siteDials;
    SplittableRandom random = new SplittableRandom(options.seed());
    sites = sites(random);
    nodes = spread();
    bits = new long[sites.length];
    List<List<Holding>> holdings = new ArrayList<>();
    for (int node = 0; node < options.nodes(); node++) {
      holdings.add(new ArrayList<>());
    }
    int name = 0;
    for (int site = 0; site < sites.length; site++) {
      for (int i = 0; i < sites[site]; i++) {
        long rate = random.nextLong(MEGABIT, 8 * MEGABIT);
        bits[site] += rate;
        holdings
            .get(nodes[site])
            .add(new Holding("camera" + name++, name(site), 0, "PLAYING", rate, 0, false, null));
      }
    }
    loads = new ShardLoads(listing::cameras);
    view = survivors(holdings);
  }

  private int[] sites(SplittableRandom random) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = options.cameras(); left > 0; left -= sizes.get(sizes.size() - 1)) {
      sizes.add(Math.min(left, random.nextInt(1, 2 * options.siteCameras())));
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Each site at the node with the fewest cameras. */
  private int[] spread() {
    record Filled(int node, int cameras) {}
    PriorityQueue<Filled> fewest =
        new PriorityQueue<>(Comparator.comparing(Filled::cameras).thenComparing(Filled::node));
    for (int node = 0; node < options.nodes(); node++) {
      fewest.add(new Filled(node, 0));
    }
    int[] of = new int[sites.length];
    for (int site = 0; site < of.length; site++) {
      Filled filled = fewest.remove();
      of[site] = filled.node();
      fewest.add(new Filled(filled.node(), filled.cameras() + sites[site]));
    }
    return of;
  }

  /** All nodes are seen; then some are members no more. */
  private FleetView survivors(List<List<Holding>> holdings) {
    Map<String, NodeReport> reports = new TreeMap<>();
    Set<String> left = new HashSet<>();
    for (int node = 0; node < options.nodes(); node++) {
      String name = name(node);
      reports.put(name, new NodeReport(name, "", "", "", false, holdings.get(node)));
      if (node >= options.lost()) {
        left.add(name);
        shards.put(name, new ArrayList<>());
      }
    }
    for (int site = 0; site < sites.length; site++) {
      List<String> held = shards.get(name(nodes[site]));
      if (held != null) {
        held.add(name(site));
      }
    }
    FleetView all = new FleetView(reports, Map.of(), Map.of());
    loads.see(all);
    return all.only(left);
  }

  private static String name(int number) {
    return Integer.toString(number);
  }

  private static int number(String name) {
    return Integer.parseInt(name);
  }

  private int place(int site) {
    String node = new Placement(view, shards, listing, loads).choose(name(site));
    shards.computeIfAbsent(node, of -> new ArrayList<>()).add(name(site));
    return number(node);
  }

  /** Lets them die, and waits until every camera plays. */
  static Outcome run(LossOptions options, DialLimiterOptions limiter, int siteDials) {
    return new SimulatedFleet(options, siteDials).run(limiter);
  }

  private Outcome run(DialLimiterOptions limiter) {
    Duration takeover = FleetOptions.defaults().withStableAfter(stableAfter()).times().longestGap();
    NodeLoss.Run run =
        NodeLoss.run(
            new NodeLoss.Setup(
                sites,
                nodes,
                options.nodes(),
                options.lost(),
                takeover,
                ALLOCATING,
                this::place,
                limiter,
                siteDials,
                options.seed()));
    return new Outcome(options, takeover.toNanos(), run, mostLoad());
  }

  private Duration stableAfter() {
    for (int[] row : STABLE_AFTER) {
      if (options.nodes() <= row[0]) {
        return Duration.ofSeconds(row[1]);
      }
    }
    throw new IllegalStateException("more nodes than may be simulated");
  }

  private double mostLoad() {
    long all = 0;
    long most = 0;
    for (List<String> held : shards.values()) {
      long load = held.stream().mapToLong(site -> bits[number(site)]).sum();
      all += load;
      most = Math.max(most, load);
    }
    return most / ((double) all / shards.size());
  }
}
