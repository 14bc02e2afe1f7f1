package dev.photofinish.fleet.board;

import dev.photofinish.fleet.camera.FleetMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * Tells the boards of all nodes what this node holds, when that changes and every few seconds, and
 * keeps what they tell.
 */
public final class Board extends AbstractBehavior<Board.Message> {
  private static final ServiceKey<Message> KEY = ServiceKey.create(Message.class, "board");
  private static final Duration LOOK = Duration.ofMillis(250);

  /** In looks: each is sent again, though nothing has changed. */
  private static final int LOOKS_BETWEEN_REPORTS = 12;

  private final Supplier<NodeReport> self;
  private final Consumer<FleetView> changed;
  private final Consumer<String> drain;
  private Set<ActorRef<Message>> boards = Set.of();
  private FleetView view = FleetView.EMPTY;
  private @Nullable NodeReport sent;
  private int looks;

  /**
   * Whether the receptionist has this board. It takes boards of nodes that are no members for those
   * of removed ones after a minute, as that of a node that was long in joining.
   */
  private boolean isListed;

  /**
   * The node that a board is of.
   *
   * @param self what it holds now
   * @param changed takes each new view
   * @param drain takes the node that is to give away its cameras
   */
  public record Callbacks(
      Supplier<NodeReport> self, Consumer<FleetView> changed, Consumer<String> drain) {}

  /** The messages of boards to each other. */
  public interface Message extends FleetMessage {}

  /** A node's last report. */
  public record Reported(NodeReport report) implements Message {}

  /** Someone wants the cameras of a shard to be at a node. */
  public record Move(String shard, String node) implements Message {}

  /** Someone wants a node to give away all its cameras. */
  public record Drain(String node) implements Message {}

  /** To be sent to all boards, this one too. */
  public record ToAll(Message message) implements Message {}

  private record Boards(Set<ActorRef<Message>> reachable, Set<ActorRef<Message>> all)
      implements Message {}

  private record Look() implements Message {}

  private Board(
      ActorContext<Message> context, TimerScheduler<Message> timers, Callbacks callbacks) {
    super(context);
    self = callbacks.self();
    changed = callbacks.changed();
    drain = callbacks.drain();
    register();
    var receptionist = context.getSystem().receptionist();
    receptionist.tell(
        Receptionist.subscribe(
            KEY,
            context.messageAdapter(
                Receptionist.Listing.class,
                listing ->
                    new Boards(
                        listing.getServiceInstances(KEY), listing.getAllServiceInstances(KEY)))));
    timers.startTimerWithFixedDelay(new Look(), LOOK);
  }

  private void register() {
    getContext()
        .getSystem()
        .receptionist()
        .tell(Receptionist.register(KEY, getContext().getSelf()));
  }

  /** The board of a node. */
  public static Behavior<Message> of(Callbacks callbacks) {
    Behavior<Message> board =
        Behaviors.setup(
            context -> Behaviors.withTimers(timers -> new Board(context, timers, callbacks)));
    return Behaviors.supervise(board).onFailure(SupervisorStrategy.resume());
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, message -> become(view.with(message.report())))
        .onMessage(Move.class, message -> become(view.withMove(message.shard(), message.node())))
        .onMessage(Drain.class, this::drain)
        .onMessage(ToAll.class, this::toAll)
        .onMessage(Boards.class, this::boards)
        .onMessage(Look.class, message -> look())
        .build();
  }

  private Behavior<Message> become(FleetView next) {
    if (!next.equals(view)) {
      view = next;
      changed.accept(next);
    }
    return this;
  }

  private Behavior<Message> drain(Drain message) {
    drain.accept(message.node());
    return this;
  }

  private Behavior<Message> toAll(ToAll message) {
    Set<ActorRef<Message>> all = new HashSet<>(boards);
    all.add(getContext().getSelf()); // in a fleet that has just begun, the others may not be known
    all.forEach(board -> board.tell(message.message()));
    return this;
  }

  /** What an unreachable node holds is kept until it is no member any more. */
  private Behavior<Message> boards(Boards message) {
    boards = message.reachable();
    isListed = message.all().contains(getContext().getSelf());
    sent = null;
    String own = self.get().node();
    Set<String> nodes = names(message.all(), own);
    nodes.add(own);
    Set<String> unreachable = new TreeSet<>(nodes);
    unreachable.removeAll(names(message.reachable(), own));
    unreachable.remove(own);
    return become(view.only(nodes).withUnreachable(unreachable, System.currentTimeMillis()));
  }

  private static Set<String> names(Set<ActorRef<Message>> boards, String own) {
    Set<String> names = new TreeSet<>();
    boards.forEach(board -> names.add(NodeName.of(board.path().address(), own)));
    return names;
  }

  private Behavior<Message> look() {
    NodeReport now = self.get();
    looks++;
    if (sent == null || isNews(sent, now) || looks >= LOOKS_BETWEEN_REPORTS) {
      if (looks >= LOOKS_BETWEEN_REPORTS && !isListed) {
        register();
      }
      looks = 0;
      sent = now;
      boards.forEach(board -> board.tell(new Reported(now)));
      return become(view.with(now));
    }
    return this;
  }

  /** Rates and readers change all the time, and can wait. */
  private static boolean isNews(NodeReport before, NodeReport now) {
    return before.draining() != now.draining()
        || before.holdings().size() != now.holdings().size()
        || !held(before).equals(held(now));
  }

  private static Set<String> held(NodeReport report) {
    Set<String> held = new TreeSet<>();
    report
        .holdings()
        .forEach(h -> held.add(h.name() + " " + h.since() + " " + h.state() + " " + h.limit()));
    return held;
  }
}
