package dev.photofinish.fleet.place;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The rules of which node holds which shard, over facts of one moment.
 *
 * <p>A shard goes where someone asked it to be; else to the node with the least load of those that
 * are not draining and are in a zone of its cameras. Load is in bits a second.
 */
public final class Placement {
  /** Shards that are moved at once, so that viewers of most cameras see no gap at all. */
  private static final int MOST_AT_ONCE = 5;

  /** Nodes whose loads differ by less than this part of the greater are left as they are. */
  private static final double EVEN = 0.25;

  private final FleetView view;
  private final Map<String, ? extends Collection<String>> shards;
  private final BiPredicate<String, String> isReachable;

  /**
   * The facts.
   *
   * @param view what nodes say they hold
   * @param shards that were given to each node, by node: those that can be chosen
   * @param isReachable whether the cameras of a shard can be reached from a zone
   */
  public Placement(
      FleetView view,
      Map<String, ? extends Collection<String>> shards,
      BiPredicate<String, String> isReachable) {
    this.view = view;
    this.shards = shards;
    this.isReachable = isReachable;
  }

  /** The node for a shard that has none. */
  public String choose(String shard) {
    String asked = view.moves().get(shard);
    if (asked != null && shards.containsKey(asked)) {
      return asked;
    }
    return shards.keySet().stream()
        .min(
            Comparator.comparing((String node) -> isDraining(node))
                .thenComparing(node -> !fits(shard, node))
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
    String asked = view.moves().get(shard);
    return asked != null && !asked.equals(node) && shards.containsKey(asked);
  }

  /** Those with cameras that take one client first: their gap is the longest. */
  private List<String> drained(String node) {
    if (shards.keySet().stream().allMatch(this::isDraining)) {
      return List.of();
    }
    return given(node).stream()
        .sorted(
            Comparator.comparing((String shard) -> !hasOneClient(node, shard))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private boolean isStray(String shard, String node) {
    return !fits(shard, node)
        && shards.keySet().stream().anyMatch(other -> fits(shard, other) && !isDraining(other));
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
    Map<String, Long> loads = loads(most);
    if (gap < load(most) * EVEN) {
      return;
    }
    given(most).stream()
        .filter(shard -> fits(shard, least) && !view.moves().containsKey(shard))
        .filter(shard -> loads.containsKey(shard) && 2 * loads.getOrDefault(shard, 0L) <= gap)
        .max(Comparator.comparing((String shard) -> loads.getOrDefault(shard, 0L)))
        .ifPresent(leave::add);
  }

  private Collection<String> given(String node) {
    Collection<String> all = shards.get(node);
    return all == null ? List.of() : all;
  }

  private boolean fits(String shard, String node) {
    NodeReport report = view.reports().get(node);
    return report == null || isReachable.test(shard, report.zone());
  }

  private boolean isDraining(String node) {
    NodeReport report = view.reports().get(node);
    return report != null && report.draining();
  }

  private boolean hasOneClient(String node, String shard) {
    return holdings(node).stream().anyMatch(h -> h.shard().equals(shard) && h.isOneClient());
  }

  /** What was given to a node counts before the node reports that it holds it. */
  private long load(String node) {
    Map<String, Long> loads = loads(node);
    return given(node).stream()
        .mapToLong(shard -> loads.getOrDefault(shard, NodeReport.LEAST_BITS))
        .sum();
  }

  private Map<String, Long> loads(String node) {
    Map<String, Long> loads = new HashMap<>();
    holdings(node).forEach(h -> loads.merge(h.shard(), NodeReport.load(List.of(h)), Long::sum));
    return loads;
  }

  private List<Holding> holdings(String node) {
    NodeReport report = view.reports().get(node);
    return report == null ? List.of() : report.holdings();
  }
}
