package dev.photofinish.fleet.place;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.Holding;
import dev.photofinish.fleet.board.NodeReport;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of which node holds which shard, over facts of one moment.
 *
 * <p>A shard goes to a node that takes cameras, one that is reached and does not drain, from whose
 * zone the most of its cameras can be reached: where someone asked it to be; else where the load is
 * least. Load is in bits a second.
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
            Comparator.comparing((String node) -> !view.takes(node))
                .thenComparing(node -> -reached(shard, node))
                .thenComparing(this::load)
                .thenComparing(node -> given(node).size())
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /**
   * The shards that are to leave their node now, the most urgent first. None while a node is
   * unreachable: Pekko asks all nodes before a shard leaves one, and would wait for that.
   */
  public Set<String> moves() {
    if (!view.unreachable().isEmpty()) {
      return Set.of();
    }
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
    return asked != null && shards.containsKey(asked) && view.takes(asked) && !isStray(shard, asked)
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
        .anyMatch(other -> reached(shard, other) > reached && view.takes(other));
  }

  /** Two nodes, of which the first could give something to the second. */
  private record Pair(String from, String to, long gap) {}

  /**
   * One shard from a node to another, where that helps: of the pair whose loads differ most. Not
   * only the most loaded node gives, nor only the least loaded one takes: zones may keep them from
   * it. Each such move makes two loads more even and no other less, so that they come to an end.
   */
  private void unbalanced(Set<String> leave) {
    List<String> nodes = shards.keySet().stream().filter(node -> !isDraining(node)).toList();
    nodes.stream()
        .flatMap(from -> nodes.stream().map(to -> new Pair(from, to, load(from) - load(to))))
        .filter(pair -> pair.gap() > 0 && pair.gap() >= load(pair.from()) * EVEN)
        .sorted(
            Comparator.comparing(Pair::gap)
                .reversed()
                .thenComparing(Pair::from)
                .thenComparing(Pair::to))
        .flatMap(pair -> better(pair).stream())
        .findFirst()
        .ifPresent(leave::add);
  }

  /** The shard that makes a pair the most even without making it uneven the other way. */
  private Optional<String> better(Pair pair) {
    Set<String> held = new HashSet<>();
    holdings(pair.from()).forEach(holding -> held.add(holding.shard()));
    return given(pair.from()).stream()
        .filter(shard -> held.contains(shard) && !view.moves().containsKey(shard))
        .filter(shard -> 2 * shardLoads.load(shard) <= pair.gap())
        .filter(shard -> reached(shard, pair.to()) >= reached(shard, pair.from()))
        .max(Comparator.comparing(shardLoads::load));
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
