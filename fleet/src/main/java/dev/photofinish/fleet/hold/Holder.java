package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.FleetCamera;
import dev.photofinish.fleet.camera.FleetMessage;
import dev.photofinish.fleet.camera.Shards;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/**
 * The one holder of a camera in the fleet, an entity of Pekko's sharding: it owns the camera while
 * it lives and the camera is listed, and stops when no connection is open any more.
 */
public final class Holder extends AbstractBehavior<Holder.Message> {
  public static final EntityTypeKey<Message> KEY = EntityTypeKey.create(Message.class, "camera");

  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final ActorRef<CameraList.Message> list;
  private final Ownership ownership;
  private final String name;
  private boolean stopping;
  private boolean released;

  /** The messages to a holder. */
  public interface Message extends FleetMessage {}

  /** Starts the holder where it does not run. */
  public record Wake() implements Message {}

  /** The camera as it is listed now. */
  record Listed(FleetCamera camera) implements Message {}

  /** The camera was removed from the list. */
  record Unlisted() implements Message {}

  /** The holder is to stop; sharding sends it, to move the camera too. */
  public record Stop() implements Message {}

  private record Released() implements Message {}

  private Holder(
      ActorContext<Message> context,
      EntityContext<Message> entity,
      ActorRef<CameraList.Message> list,
      Ownership ownership) {
    super(context);
    this.shard = entity.getShard();
    this.list = list;
    this.ownership = ownership;
    this.name = Shards.name(entity.getEntityId());
    list.tell(new CameraList.HolderStarted(name, context.getSelf()));
  }

  /**
   * The behaviour of an entity.
   *
   * @param list of the entity's node, which says what the camera is
   */
  public static Behavior<Message> of(
      EntityContext<Message> entity, ActorRef<CameraList.Message> list, Ownership ownership) {
    return Behaviors.setup(context -> new Holder(context, entity, list, ownership));
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, message -> this)
        .onMessage(Listed.class, this::listed)
        .onMessage(Unlisted.class, message -> unlisted())
        .onMessage(Stop.class, message -> stop())
        .onMessage(Released.class, message -> stopped())
        .onSignal(PostStop.class, signal -> ended())
        .build();
  }

  private Behavior<Message> listed(Listed message) {
    if (!stopping) {
      ownership.take(message.camera());
    }
    return this;
  }

  /** Sharding forgets an entity that asks to stop, and does not start it again. */
  private Behavior<Message> unlisted() {
    shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
    return this;
  }

  private Behavior<Message> stop() {
    if (!stopping) {
      stopping = true;
      getContext().pipeToSelf(ownership.release(name), (done, failure) -> new Released());
    }
    return this;
  }

  private Behavior<Message> stopped() {
    released = true;
    return Behaviors.stopped();
  }

  private Behavior<Message> ended() {
    list.tell(new CameraList.HolderStopped(name, getContext().getSelf()));
    if (!released) {
      ownership.release(name);
    }
    return this;
  }
}
