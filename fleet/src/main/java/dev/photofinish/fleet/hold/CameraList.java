package dev.photofinish.fleet.hold;

import dev.photofinish.fleet.camera.CameraFile;
import dev.photofinish.fleet.camera.CameraTable;
import dev.photofinish.fleet.camera.Conflicts;
import dev.photofinish.fleet.camera.FleetCamera;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of cameras at one node: follows what all nodes agree on, changes it, and tells the
 * holders of this node.
 */
public final class CameraList extends AbstractBehavior<CameraList.Message> {
  private static final Logger LOG = LoggerFactory.getLogger(CameraList.class);
  private static final Duration WAKE_INTERVAL = Duration.ofSeconds(5);
  private static final Duration JOIN_INTERVAL = Duration.ofMillis(100);

  private final ListReplica replica;
  private final TimerScheduler<Message> timers;
  private final Settings settings;
  private final LocalHolders holders = new LocalHolders();
  private CameraTable table;
  private Map<String, FleetCamera> fed;

  /** Parts that a majority of nodes was not heard about yet; until then nothing is changed. */
  private int unheard = Integer.MAX_VALUE;

  /** What to feed then; null for nothing. */
  private @Nullable Map<String, FleetCamera> unfed;

  /**
   * The settings of the list.
   *
   * @param node that it is at
   * @param stored what this node knew when it ended last
   * @param changed takes each new list
   * @param conflict takes each change that does not hold
   * @param held the names of all cameras that a node is known to hold
   * @param isUp whether this node takes part in its fleet
   * @param isLeader whether this node starts what is not held
   * @param wake starts the holder of a camera
   */
  public record Settings(
      String node,
      StoredList stored,
      Consumer<CameraTable> changed,
      Consumer<Conflicts.Conflict> conflict,
      Supplier<Set<String>> held,
      BooleanSupplier isUp,
      BooleanSupplier isLeader,
      Consumer<FleetCamera> wake) {}

  /** The messages to the list, all of them from its own node. */
  public interface Message {}

  /** The cameras of this node's configuration file. */
  public record Feed(Map<String, FleetCamera> cameras) implements Message {}

  /**
   * A change of one camera by the API or a program.
   *
   * @param change gives the camera as it is to be, empty to remove it, for what it is, empty where
   *     it is not listed
   * @param done completes with whether a majority of the nodes has the change; with what {@code
   *     change} throws, with {@link CameraTable.SiteChangedException}, or with {@link
   *     ListUnavailableException}
   */
  public record Change(
      String name, UnaryOperator<Optional<FleetCamera>> change, CompletableFuture<Boolean> done)
      implements Message {}

  record HolderStarted(String name, ActorRef<Holder.Message> holder) implements Message {}

  record HolderStopped(String name, ActorRef<Holder.Message> holder) implements Message {}

  private record Heard(CameraTable part) implements Message {}

  private record Read(CameraTable part) implements Message {}

  private record Written(boolean done) implements Message {}

  private record Known(CameraTable part, Change change) implements Message {}

  private record Changed(boolean done, CompletableFuture<Boolean> promise) implements Message {}

  private record JoinTime() implements Message {}

  private record WakeTime() implements Message {}

  private CameraList(
      ActorContext<Message> context, TimerScheduler<Message> timers, Settings settings) {
    super(context);
    this.replica = new ListReplica(context);
    this.timers = timers;
    this.settings = settings;
    this.table = settings.stored().content().table();
    this.fed = settings.stored().content().fed();
    replica.follow(Heard::new);
    if (!table.entries().isEmpty()) {
      replica.write(table, Written::new);
      settings.changed().accept(table);
    }
    timers.startTimerWithFixedDelay(new WakeTime(), WAKE_INTERVAL);
    timers.startTimerWithFixedDelay(new JoinTime(), JOIN_INTERVAL);
  }

  public static Behavior<Message> of(Settings settings) {
    Behavior<Message> list =
        Behaviors.setup(
            context -> Behaviors.withTimers(timers -> new CameraList(context, timers, settings)));
    return Behaviors.supervise(list).onFailure(SupervisorStrategy.resume());
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Feed.class, this::feed)
        .onMessage(Change.class, this::look)
        .onMessage(Known.class, this::change)
        .onMessage(Changed.class, this::changed)
        .onMessage(JoinTime.class, message -> read())
        .onMessage(Read.class, this::read)
        .onMessage(HolderStarted.class, this::started)
        .onMessage(HolderStopped.class, this::stopped)
        .onMessage(Heard.class, this::heard)
        .onMessage(Written.class, this::written)
        .onMessage(WakeTime.class, message -> again())
        .build();
  }

  // ---- Before anything is changed

  /** What others have changed is heard first: a change is made of what there is. */
  private Behavior<Message> read() {
    if (settings.isUp().getAsBoolean()) {
      timers.cancel(new JoinTime());
      unheard = replica.read(Read::new);
    }
    return this;
  }

  private Behavior<Message> read(Read message) {
    merge(message.part());
    unheard--;
    if (unheard == 0 && unfed != null) {
      feed(unfed);
    }
    return this;
  }

  // ---- Changes

  private Behavior<Message> feed(Feed message) {
    if (unheard > 0) {
      unfed = message.cameras();
    } else {
      feed(message.cameras());
    }
    return this;
  }

  private void feed(Map<String, FleetCamera> cameras) {
    CameraTable next =
        CameraFile.fed(table, fed, cameras, settings.node(), text -> LOG.warn("{}", text));
    fed = cameras;
    unfed = null;
    replica.write(next, Written::new);
    if (next.equals(table)) {
      settings.stored().save(table, fed); // what was fed may be another all the same
    }
    become(next);
  }

  /** What another node has changed before is here, heard or not. */
  private Behavior<Message> look(Change message) {
    replica.readHere(message.name(), part -> new Known(part, message));
    return this;
  }

  private Behavior<Message> change(Known known) {
    merge(known.part());
    Change message = known.change();
    String name = message.name();
    try {
      if (unheard > 0) {
        throw new ListUnavailableException(
            "This node has not heard the fleet's list of cameras yet.");
      }
      String origin = settings.node();
      Optional<FleetCamera> wanted = message.change().apply(table.camera(name));
      CameraTable next =
          wanted.map(c -> table.with(c, origin)).orElseGet(() -> table.without(name, origin));
      if (next.equals(table)) {
        message.done().complete(true);
        return this;
      }
      if (wanted.isPresent()) {
        TableKeys.checkLength(next, name);
      }
      replica.writeAtMost(next.only(name::equals), done -> new Changed(done, message.done()));
      become(next);
    } catch (RuntimeException e) { // of the one who asked
      message.done().completeExceptionally(e);
    }
    return this;
  }

  private Behavior<Message> changed(Changed message) {
    message.promise().complete(message.done());
    return this;
  }

  private Behavior<Message> written(Written message) {
    if (!message.done()) {
      LOG.warn("the list of cameras could not be written; it is tried again with the next change");
    }
    return this;
  }

  private Behavior<Message> heard(Heard message) {
    merge(message.part());
    return this;
  }

  private void merge(CameraTable part) {
    CameraTable next = table.merge(part);
    Map<String, FleetCamera> read = unheard > 0 ? Map.of() : fed; // the file may be another now
    Conflicts.between(table, part, next, read, settings.node()).forEach(settings.conflict());
    become(next);
  }

  private void become(CameraTable next) {
    CameraTable before = table;
    table = next;
    if (!before.equals(next)) {
      settings.changed().accept(next);
      settings.stored().save(table, fed);
      Predicate<String> changed = name -> !before.camera(name).equals(next.camera(name));
      holders.changed(changed, next);
      wake(changed);
    }
  }

  private Behavior<Message> started(HolderStarted message) {
    holders.started(message.name(), message.holder(), table);
    return this;
  }

  private Behavior<Message> stopped(HolderStopped message) {
    holders.stopped(message.name(), message.holder());
    return this;
  }

  /** What could not be done before. */
  private Behavior<Message> again() {
    settings.stored().retry();
    return wake(name -> true);
  }

  /** Those that nobody holds are started by one node: their first time, or when one was lost. */
  private Behavior<Message> wake(Predicate<String> some) {
    if (settings.isLeader().getAsBoolean()) {
      Set<String> held = settings.held().get();
      table.cameras().values().stream()
          .filter(camera -> some.test(camera.name()) && !held.contains(camera.name()))
          .forEach(settings.wake());
    }
    return this;
  }
}
