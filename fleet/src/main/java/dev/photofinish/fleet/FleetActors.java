package dev.photofinish.fleet;

import dev.photofinish.fleet.board.Board;
import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.Shards;
import dev.photofinish.fleet.hold.CameraList;
import dev.photofinish.fleet.hold.Holder;
import dev.photofinish.fleet.hold.Ownership;
import dev.photofinish.fleet.hold.StoredList;
import dev.photofinish.fleet.place.FleetAllocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;

/** The actors of a node: the list of cameras, the holders by their shards, the board. */
final class FleetActors {
  private static final long CHANGE_SECONDS = 10;

  private final ActorSystem<Void> system;
  private final String node;
  private final FleetState state;
  private final ActorRef<CameraList.Message> list;
  private final ActorRef<Board.Message> board;
  private final ActorRef<ShardingEnvelope<Holder.Message>> holders;

  /** Starts them; nothing is held before the node joins. */
  FleetActors(
      ActorSystem<Void> system,
      String node,
      FleetState state,
      Ownership ownership,
      StoredList stored,
      Board.Callbacks callbacks) {
    this.system = system;
    this.node = node;
    this.state = state;
    list = system.systemActorOf(CameraList.of(settings(stored)), "cameras", Props.empty());
    holders =
        ClusterSharding.get(system)
            .init(
                Entity.of(Holder.KEY, entity -> Holder.of(entity, list, ownership))
                    .withStopMessage(new Holder.Stop())
                    .withAllocationStrategy(new FleetAllocation(node, state::view, state))
                    .withMessageExtractor(new Extractor()));
    board = system.systemActorOf(Board.of(callbacks), "board", Props.empty());
  }

  private CameraList.Settings settings(StoredList stored) {
    return new CameraList.Settings(
        node,
        stored,
        state::listed,
        state.conflicts()::heard,
        () -> state.view().holders().keySet(),
        () -> Cluster.get(system).selfMember().status() == MemberStatus.up(),
        this::isLeader,
        this::wake);
  }

  private boolean isLeader() {
    Cluster cluster = Cluster.get(system);
    return cluster.selfMember().address().equals(cluster.state().getLeader());
  }

  private void wake(FleetCamera camera) {
    holders.tell(new ShardingEnvelope<>(camera.entity(), new Holder.Wake()));
  }

  /** The shard is a part of the entity's name. */
  private static final class Extractor
      extends ShardingMessageExtractor<ShardingEnvelope<Holder.Message>, Holder.Message> {
    @Override
    public String entityId(ShardingEnvelope<Holder.Message> envelope) {
      return envelope.entityId();
    }

    @Override
    public String shardId(String entity) {
      return Shards.shard(entity);
    }

    @Override
    public Holder.Message unwrapMessage(ShardingEnvelope<Holder.Message> envelope) {
      return envelope.message();
    }
  }

  /** Joins the fleet of these nodes; without any, begins one. */
  void join(List<String> nodes) {
    List<String> seeds = nodes.isEmpty() ? List.of(node) : nodes;
    Cluster.get(system)
        .manager()
        .tell(
            new JoinSeedNodes(
                seeds.stream()
                    .map(seed -> AddressFromURIString.parse(PekkoConfig.url(seed)))
                    .toList()));
  }

  void feed(Map<String, FleetCamera> cameras) {
    list.tell(new CameraList.Feed(Map.copyOf(cameras)));
  }

  CompletionStage<Boolean> change(String name, UnaryOperator<Optional<FleetCamera>> change) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    list.tell(new CameraList.Change(name, change, done));
    return done.orTimeout(CHANGE_SECONDS, TimeUnit.SECONDS); // where the node ends meanwhile
  }

  /** Tells the boards of all nodes. */
  void tellAll(Board.Message message) {
    board.tell(new Board.ToAll(message));
  }
}
