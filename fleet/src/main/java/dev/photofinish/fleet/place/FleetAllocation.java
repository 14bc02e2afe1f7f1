package dev.photofinish.fleet.place;

import dev.photofinish.fleet.board.FleetView;
import dev.photofinish.fleet.board.NodeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Lets {@link Placement} decide for Pekko's sharding. */
public final class FleetAllocation extends AbstractShardAllocationStrategy {
  private final String self;
  private final Supplier<FleetView> view;
  private final Listing listing;
  private final ShardLoads loads;

  /**
   * An allocation by what a node sees.
   *
   * @param self the address of this node, {@code host:port}
   */
  public FleetAllocation(String self, Supplier<FleetView> view, Listing listing) {
    this.self = self;
    this.view = view;
    this.listing = listing;
    this.loads = new ShardLoads(listing::cameras);
  }

  @Override
  public scala.concurrent.Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> regions) {
    String node = placement(regions).choose(shard);
    ActorRef chosen =
        regions.keySet().stream().filter(r -> node(r).equals(node)).findFirst().orElseThrow();
    return FutureConverters.asScala(done(chosen));
  }

  @Override
  public scala.concurrent.Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> regions, Set<String> inProgress) {
    Placement placement = placement(regions);
    return FutureConverters.asScala(done(inProgress.isEmpty() ? placement.moves() : Set.of()));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  private Placement placement(Map<ActorRef, IndexedSeq<String>> regions) {
    Map<String, Collection<String>> shards = new HashMap<>();
    regions.forEach((region, all) -> shards.put(node(region), CollectionConverters.asJava(all)));
    FleetView now = view.get();
    loads.see(now);
    return new Placement(now, shards, listing, loads);
  }

  /** A region of this node has no address. */
  private String node(ActorRef region) {
    return NodeName.of(region.path().address(), self);
  }
}
