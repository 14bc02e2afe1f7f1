package dev.photofinish.fleet.place;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of which node holds which shard, over facts of one moment.
 *
 * <p>A shard goes to a node that is not draining, from whose zone the most of its cameras can be
 * reached: where someone asked it to be; else where the load is least. Load is in bits a second.
 */
public final class Placement {
  /** Shards that are moved at once, so that viewers of most cameras see no gap at all. */
  private static final int MOST_AT_ONCE = 5;

  /** Nodes whose loads differ by less than this part of the greater are left as they are. */
  private static final double EVEN = 0.25;

  private final FleetView view;
  private final Map<String, ? extends Collection<String>> shards;
  private final Listing listing;
  private final ShardLoads shardLoads;
  private final Map<String, Long> loads = new HashMap<>();

  /**
   * The facts.
   *
   * @param view what nodes say they hold
   * @param shards that were given to each node, by node: those that can be chosen
   * @param shardLoads that have seen the view
   */
  public Placement(
      FleetView view,
      Map<String, ? extends Collection<String>> shards,
      Listing listing,
      ShardLoads shardLoads) {
    this.view = view;
    this.shards = shards;
    this.listing = listing;
    this.shardLoads = shardLoads;
  }

  /** The node for a shard that has none. */
  public String choose(String shard) {
    String asked = asked(shard);
    if (asked != null) {
      return asked;
    }
    return shards.keySet().stream()
        .min(
            Comparator.comparing((String node) -> isDraining(node))
                .thenComparing(node -> -reached(shard, node))
                .thenComparing(this::load)
                .thenComparing(node -> given(node).size())
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** The shards that are to leave their node now, the most urgent first. */
  public Set<String> moves() {
    Set<String> leave = new LinkedHashSet<>();
    shards.forEach((node, all) -> all.stream().filter(s -> isAsked(s, node)).forEach(leave::add));
    shards.keySet().stream().filter(this::isDraining).forEach(node -> leave.addAll(drained(node)));
    shards.forEach((node, all) -> all.stream().filter(s -> isStray(s, node)).forEach(leave::add));
    if (leave.isEmpty()) {
      unbalanced(leave);
    }
    return new LinkedHashSet<>(leave.stream().limit(MOST_AT_ONCE).toList());
  }

  private boolean isAsked(String shard, String node) {
    String asked = asked(shard);
    return asked != null && !asked.equals(node);
  }

  /** The node that someone asked for, where the shard would stay; null for none. */
  private @Nullable String asked(String shard) {
    String asked = view.moves().get(shard);
    return asked != null
            && shards.containsKey(asked)
            && !isDraining(asked)
            && !isStray(shard, asked)
        ? asked
        : null;
  }

  /** Those with cameras that take one client first: their gap is the longest. */
  private List<String> drained(String node) {
    if (shards.keySet().stream().allMatch(this::isDraining)) {
      return List.of();
    }
    Set<String> oneClient = new HashSet<>();
    holdings(node).stream().filter(Holding::isOneClient).forEach(h -> oneClient.add(h.shard()));
    return given(node).stream()
        .sorted(
            Comparator.comparing((String shard) -> !oneClient.contains(shard))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private boolean isStray(String shard, String node) {
    int reached = reached(shard, node);
    return shards.keySet().stream()
        .anyMatch(other -> reached(shard, other) > reached && !isDraining(other));
  }

  /** One shard from the node with the greatest load to the one with the least, where that helps. */
  private void unbalanced(Set<String> leave) {
    List<String> nodes = new ArrayList<>(shards.keySet());
    nodes.removeIf(this::isDraining);
    if (nodes.size() < 2) {
      return;
    }
    nodes.sort(Comparator.comparing(this::load).thenComparing(Comparator.naturalOrder()));
    String least = nodes.get(0);
    String most = nodes.get(nodes.size() - 1);
    long gap = load(most) - load(least);
    if (gap < load(most) * EVEN) {
      return;
    }
    Set<String> held = new HashSet<>();
    holdings(most).forEach(holding -> held.add(holding.shard()));
    given(most).stream()
        .filter(
            shard ->
                reached(shard, least) >= reached(shard, most) && !view.moves().containsKey(shard))
        .filter(shard -> held.contains(shard) && 2 * shardLoads.load(shard) <= gap)
        .max(Comparator.comparing(shardLoads::load))
        .ifPresent(leave::add);
  }

  private Collection<String> given(String node) {
    Collection<String> all = shards.get(node);
    return all == null ? List.of() : all;
  }

  /** The cameras that a node reaches; all, where its zone is not known yet. */
  private int reached(String shard, String node) {
    NodeReport report = view.reports().get(node);
    return report == null ? listing.cameras(shard) : listing.reachable(shard, report.zone());
  }

  private boolean isDraining(String node) {
    NodeReport report = view.reports().get(node);
    return report != null && report.draining();
  }

  /** What was given to a node counts before the node reports that it holds it. */
  private long load(String node) {
    return loads.computeIfAbsent(node, of -> given(of).stream().mapToLong(shardLoads::load).sum());
  }

  private List<Holding> holdings(String node) {
    NodeReport report = view.reports().get(node);
    return report == null ? List.of() : report.holdings();
  }
}
