package dev.photofinish.fleet.board;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fleet as one node sees it: the last report of each node, and where cameras are asked to move.
 *
 * @param reports by node
 * @param moves the node that a shard is asked to move to, by shard
 */
public record FleetView(Map<String, NodeReport> reports, Map<String, String> moves) {
  public static final FleetView EMPTY = new FleetView(Map.of(), Map.of());

  public FleetView {
    reports = Map.copyOf(reports);
    moves = Map.copyOf(moves);
  }

  /** With a newer report of a node; a move is over when its shard is where it was asked to be. */
  public FleetView with(NodeReport report) {
    Map<String, NodeReport> all = new TreeMap<>(reports);
    all.put(report.node(), report);
    Map<String, String> left = new TreeMap<>(moves);
    report.holdings().forEach(holding -> left.remove(holding.shard(), report.node()));
    return new FleetView(all, left);
  }

  /** Without the nodes that are no members any more, and moves to them. */
  public FleetView only(Set<String> nodes) {
    Map<String, NodeReport> all = new TreeMap<>(reports);
    all.keySet().retainAll(nodes);
    Map<String, String> left = new TreeMap<>(moves);
    left.values().retainAll(nodes);
    return new FleetView(all, left);
  }

  public FleetView withMove(String shard, String node) {
    Map<String, String> all = new TreeMap<>(moves);
    all.put(shard, node);
    return new FleetView(reports, all);
  }

  /**
   * The node that holds a camera; of two that say so, while one is still to hear that it lost, the
   * one that took it last.
   */
  public Optional<NodeReport> holder(String name) {
    return reports.values().stream()
        .filter(report -> report.holding(name).isPresent())
        .max(Comparator.comparingLong(report -> report.holding(name).orElseThrow().since()));
  }

  /** All reports in the order of their nodes. */
  public Collection<NodeReport> nodes() {
    return new TreeMap<>(reports).values();
  }
}
