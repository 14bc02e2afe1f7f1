package dev.photofinish.fleet.board;

import dev.photofinish.fleet.camera.FleetCamera;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The fleet as one node sees it: the last report of each node, and where cameras are asked to move.
 *
 * @param reports by node
 * @param moves the node that a shard is asked to move to, by shard
 * @param unreachable since when a node is not reached that is still a member, in milliseconds since
 *     1970, by node; its report is old
 */
public record FleetView(
    Map<String, NodeReport> reports, Map<String, String> moves, Map<String, Long> unreachable) {
  public static final FleetView EMPTY = new FleetView(Map.of(), Map.of(), Map.of());

  /** A camera at the node that holds it. */
  public record Held(NodeReport node, Holding holding) {
    private static Held later(Held one, Held other) {
      return one.holding().since() >= other.holding().since() ? one : other;
    }
  }

  public FleetView {
    reports = Map.copyOf(reports);
    moves = Map.copyOf(moves);
    unreachable = Map.copyOf(unreachable);
  }

  /**
   * With a newer report of a node; a move is over when its shard is where it was asked to be, or
   * cannot come there, since the node drains.
   */
  public FleetView with(NodeReport report) {
    Map<String, NodeReport> all = new TreeMap<>(reports);
    all.put(report.node(), report);
    Map<String, String> left = new TreeMap<>(moves);
    report.holdings().forEach(holding -> left.remove(holding.shard(), report.node()));
    if (report.draining()) {
      left.values().removeIf(report.node()::equals);
    }
    return new FleetView(all, left, unreachable);
  }

  /** Without the nodes that are no members any more, and moves to them. */
  public FleetView only(Set<String> nodes) {
    Map<String, NodeReport> all = new TreeMap<>(reports);
    all.keySet().retainAll(nodes);
    Map<String, String> left = new TreeMap<>(moves);
    left.values().retainAll(nodes);
    Map<String, Long> away = new TreeMap<>(unreachable);
    away.keySet().retainAll(nodes);
    return new FleetView(all, left, away);
  }

  /**
   * With these nodes unreachable, and no others; of one that was before, it is known since when.
   *
   * @param now milliseconds since 1970
   */
  public FleetView withUnreachable(Set<String> nodes, long now) {
    Map<String, Long> away = new TreeMap<>();
    nodes.forEach(node -> away.put(node, unreachable.getOrDefault(node, now)));
    return new FleetView(reports, moves, away);
  }

  public FleetView withMove(String shard, String node) {
    Map<String, String> all = new TreeMap<>(moves);
    all.put(shard, node);
    return new FleetView(reports, all, unreachable);
  }

  /** Whether cameras may be given to a node: what is not known of it is no reason against it. */
  public boolean takes(String node) {
    NodeReport report = reports.get(node);
    return !unreachable.containsKey(node) && (report == null || !report.draining());
  }

  /**
   * The node that holds a camera; of two that say so, while one is still to hear that it lost, the
   * one that took it last. It looks through all cameras: for many of them there is {@link
   * #holders}.
   */
  public Optional<Held> holder(String name) {
    return reports.values().stream()
        .flatMap(report -> report.holdings().stream().map(holding -> new Held(report, holding)))
        .filter(held -> held.holding().name().equals(name))
        .reduce(Held::later);
  }

  /** All cameras that are held, as {@link #holder} has each, by name. */
  public Map<String, Held> holders() {
    Map<String, Held> holders = new HashMap<>();
    for (NodeReport report : reports.values()) {
      report.holdings().forEach(h -> holders.merge(h.name(), new Held(report, h), Held::later));
    }
    return holders;
  }

  /** Why a camera cannot move to a node, one sentence for a person; empty where it can. */
  public Optional<String> whyNot(FleetCamera camera, String node) {
    NodeReport report = reports.get(node);
    if (report == null) {
      return Optional.of("There is no such node.");
    }
    if (unreachable.containsKey(node)) {
      return Optional.of("That node cannot be reached at the moment.");
    }
    if (report.draining()) {
      return Optional.of("That node is draining: it takes no cameras.");
    }
    return camera.isReachableFrom(report.zone())
        ? Optional.empty()
        : Optional.of(
            "The camera can be reached from "
                + camera.zonesInWords()
                + ", where that node is not.");
  }

  /**
   * Why no node can hold a camera, the end of a sentence for a person; empty where one can, or no
   * node is known yet.
   */
  public Optional<String> whyUnheld(FleetCamera camera) {
    if (reports.isEmpty()
        || reports.values().stream()
            .anyMatch(r -> takes(r.node()) && camera.isReachableFrom(r.zone()))) {
      return Optional.empty();
    }
    return Optional.of(
        camera.zones().isEmpty()
            ? "no node takes cameras now, each drains or is unreachable"
            : "it can be reached from "
                + camera.zonesInWords()
                + ", and no node that takes cameras is there");
  }

  /** Whether a node would take what another one gives away. */
  public boolean canTake(String from) {
    return reports.keySet().stream().anyMatch(node -> takes(node) && !node.equals(from));
  }

  /** All reports in the order of their nodes. */
  public Collection<NodeReport> nodes() {
    return new TreeMap<>(reports).values();
  }
}
