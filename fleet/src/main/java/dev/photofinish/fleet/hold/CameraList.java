package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraFile;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.FleetCamera;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.cluster.ddata.Key;
import org.apache.pekko.cluster.ddata.typed.javadsl.DistributedData;
import org.apache.pekko.cluster.ddata.typed.javadsl.Replicator;
import org.apache.pekko.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of cameras at one node: follows what all nodes agree on, changes it, and tells the
 * holders of this node.
 */
public final class CameraList extends AbstractBehavior<CameraList.Message> {
  private static final Logger LOG = LoggerFactory.getLogger(CameraList.class);
  private static final Duration REPLICATOR_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration WAKE_INTERVAL = Duration.ofSeconds(5);

  private final ReplicatorMessageAdapter<Message, CameraTable> replicator;
  private final Settings settings;
  private final Map<String, ActorRef<Holder.Message>> holders = new HashMap<>();
  private CameraTable table;
  private Map<String, FleetCamera> fed;

  /**
   * The settings of the list.
   *
   * @param node that it is at
   * @param stored what this node knew when it ended last
   * @param changed takes each new list
   * @param held the names of all cameras that a node is known to hold
   * @param isLeader whether this node starts what is not held
   * @param wake starts the holder of a camera
   */
  public record Settings(
      String node,
      Stored stored,
      Consumer<CameraTable> changed,
      Supplier<Set<String>> held,
      BooleanSupplier isLeader,
      Consumer<FleetCamera> wake) {}

  /**
   * The copy on the node's disk.
   *
   * @param file null to keep nothing
   */
  public record Stored(CameraFile.Content content, @Nullable CameraFile file) {}

  /** The messages to the list, all of them from its own node. */
  public interface Message {}

  /** The cameras of this node's configuration file. */
  public record Feed(Map<String, FleetCamera> cameras) implements Message {}

  record HolderStarted(String name, ActorRef<Holder.Message> holder) implements Message {}

  record HolderStopped(String name, ActorRef<Holder.Message> holder) implements Message {}

  private record Heard(CameraTable part) implements Message {}

  private record Written(boolean done) implements Message {}

  private record WakeTime() implements Message {}

  private CameraList(
      ActorContext<Message> context,
      ReplicatorMessageAdapter<Message, CameraTable> replicator,
      Settings settings) {
    super(context);
    this.replicator = replicator;
    this.settings = settings;
    this.table = settings.stored().content().table();
    this.fed = settings.stored().content().fed();
    for (Key<CameraTable> key : TableKeys.all()) {
      replicator.subscribe(key, response -> new Heard(TableKeys.heard(response)));
    }
    if (!table.entries().isEmpty()) {
      write(table);
      settings.changed().accept(table);
    }
  }

  public static Behavior<Message> of(Settings settings) {
    Behavior<Message> list =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers -> {
                      timers.startTimerWithFixedDelay(new WakeTime(), WAKE_INTERVAL);
                      return new CameraList(
                          context,
                          new ReplicatorMessageAdapter<>(
                              context,
                              DistributedData.get(context.getSystem()).replicator(),
                              REPLICATOR_TIMEOUT),
                          settings);
                    }));
    return Behaviors.supervise(list).onFailure(SupervisorStrategy.resume());
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Feed.class, this::feed)
        .onMessage(HolderStarted.class, this::started)
        .onMessage(HolderStopped.class, this::stopped)
        .onMessage(Heard.class, this::heard)
        .onMessage(Written.class, this::written)
        .onMessage(WakeTime.class, message -> wakeAll())
        .build();
  }

  private Behavior<Message> feed(Feed message) {
    CameraTable next =
        CameraFile.fed(
            table, fed, message.cameras(), settings.node(), text -> LOG.warn("{}", text));
    fed = message.cameras();
    write(next);
    if (next.equals(table)) {
      save(); // what was fed may be another all the same
    }
    become(next);
    return this;
  }

  private void write(CameraTable next) {
    TableKeys.parts(next)
        .forEach(
            (key, part) ->
                replicator.askUpdate(
                    replyTo ->
                        new Replicator.Update<>(
                            key,
                            CameraTable.EMPTY,
                            Replicator.writeLocal(),
                            replyTo,
                            before -> before.merge(part)),
                    response -> new Written(response instanceof Replicator.UpdateSuccess)));
  }

  private Behavior<Message> written(Written message) {
    if (!message.done()) {
      LOG.warn("the list of cameras could not be written; it is tried again with the next change");
    }
    return this;
  }

  private Behavior<Message> heard(Heard message) {
    message
        .part()
        .entries()
        .forEach(
            (name, entry) -> {
              CameraTable.Entry mine = table.entries().get(name);
              if (mine != null && mine.isConflictWith(entry)) {
                LOG.warn(
                    "{} was changed by {} and by {} at once; the change of {} holds",
                    name,
                    mine.origin(),
                    entry.origin(),
                    CameraTable.Entry.last(mine, entry).origin());
              }
            });
    become(table.merge(message.part()));
    return this;
  }

  private void become(CameraTable next) {
    CameraTable before = table;
    table = next;
    if (!before.equals(next)) {
      settings.changed().accept(next);
      save();
      Predicate<String> changed = isChanged(before);
      holders.forEach(
          (name, holder) -> {
            if (changed.test(name)) {
              tell(name, holder);
            }
          });
      wake(changed);
    }
  }

  private Predicate<String> isChanged(CameraTable before) {
    return name -> !before.camera(name).equals(table.camera(name));
  }

  private void save() {
    CameraFile file = settings.stored().file();
    if (file != null) {
      file.write(new CameraFile.Content(table, fed));
    }
  }

  private Behavior<Message> started(HolderStarted message) {
    holders.put(message.name(), message.holder());
    tell(message.name(), message.holder());
    return this;
  }

  /** A camera that was not heard of yet may still be listed. */
  private void tell(String name, ActorRef<Holder.Message> holder) {
    Optional<FleetCamera> camera = table.camera(name);
    if (camera.isPresent()) {
      holder.tell(new Holder.Listed(camera.get()));
    } else if (table.isRemoved(name)) {
      holder.tell(new Holder.Unlisted());
    }
  }

  private Behavior<Message> stopped(HolderStopped message) {
    holders.remove(message.name(), message.holder());
    return this;
  }

  private Behavior<Message> wakeAll() {
    wake(name -> true);
    return this;
  }

  /** Those that nobody holds are started by one node: their first time, or when one was lost. */
  private void wake(Predicate<String> some) {
    if (settings.isLeader().getAsBoolean()) {
      Set<String> held = settings.held().get();
      table.cameras().values().stream()
          .filter(camera -> some.test(camera.name()) && !held.contains(camera.name()))
          .forEach(settings.wake());
    }
  }
}
