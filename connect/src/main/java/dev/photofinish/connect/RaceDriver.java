package dev.photofinish.connect;

import dev.photofinish.host.HistorySession;
import dev.photofinish.host.SourceAddresses;
import dev.photofinish.race.Cause;
import dev.photofinish.race.DialLimiter;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Rfc6724;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Drives one race: the events of an instant, drain the commands, arm one timer. Everything happens
 * on one event loop, so nothing is locked and an event that comes while commands are drained waits
 * its turn.
 */
final class RaceDriver implements RaceCommand.Driver, DialLimiter.Racer {
  private final RaceContext context;
  private final long number;
  private final Target target;
  private final RaceOptions options;
  private final AttemptInitializer initializer;
  private final EventLoop loop;
  private final RaceFuture future = new RaceFuture(this);
  private final HistorySession learning;
  private final Race race;
  private final RaceTimer timer;

  private final List<ChannelAttempt> dials = new ArrayList<>(4);
  private final Queue<RaceEvent> pending = new ArrayDeque<>(4);
  private final Unresolved unresolved = new Unresolved();
  private boolean begun;
  private boolean running;
  private boolean waiting;
  private boolean over;
  private @Nullable String refusal;

  /**
   * @param number tells the races of this process apart
   * @param turn of the connector's races, from 1
   */
  RaceDriver(
      RaceContext context,
      long number,
      long turn,
      Target target,
      RaceOptions options,
      AttemptInitializer initializer) {
    this.context = context;
    this.number = number;
    this.target = target;
    this.options = options;
    this.initializer = initializer;
    this.loop = context.transport().group().next();
    this.timer = new RaceTimer(loop, context.clock(), this::run);
    this.learning = HistorySession.of(options, context.history(), turn, now());
    this.race =
        new Race(
            target.toString(),
            target.endpoints().size(),
            options,
            new Rfc6724(new SourceAddresses(), learning),
            learning,
            context.limiter(),
            now());
  }

  RaceFuture future() {
    return future;
  }

  boolean inEventLoop() {
    return loop.inEventLoop();
  }

  EventLoop loop() {
    return loop;
  }

  /** The endpoint of the target that {@code candidate} leads to. */
  Endpoint endpoint(Candidate candidate) {
    return target.endpoints().get(candidate.endpoint());
  }

  /** On any thread; without effect once the race is decided. */
  void cancel() {
    if (loop.inEventLoop() && begun) {
      handle(new RaceEvent.Cancelled());
      return;
    }
    try {
      loop.execute(() -> handle(new RaceEvent.Cancelled()));
    } catch (RejectedExecutionException e) {
      context.ended(this); // the event loop has ended, and closed every channel
      giveBackPlaces();
    }
  }

  /** The race ends without a decision: its dials, or its turn, are others' now. */
  private void giveBackPlaces() {
    if (waiting) {
      waiting = false;
      context.limiter().leave(this, now());
    } else if (begun) {
      race.handle(now(), new RaceEvent.Cancelled());
      while (race.poll(now()) != null) {
        // All is closed already.
      }
    }
  }

  /**
   * Begins the race, from any thread.
   *
   * @throws RejectedExecutionException the event loop has ended
   */
  void begin() {
    try {
      loop.execute(this::start);
    } catch (RejectedExecutionException e) {
      context.ended(this);
      throw e;
    }
  }

  private void start() {
    begun = true;
    if (context.limiter().enter(this, now())) {
      resolve();
    } else {
      waiting = true;
      context.listener().queued(number, target, options);
      handle(new RaceEvent.Queued());
    }
  }

  @Override
  public String host() {
    return target.endpoints().get(0).host();
  }

  @Override
  public boolean admitted() {
    try {
      loop.execute(this::proceed);
      return true;
    } catch (RejectedExecutionException e) {
      context.ended(this); // the event loop has ended: nobody waits for this race any more
      return false;
    }
  }

  private void proceed() {
    if (waiting) {
      waiting = false;
      handle(new RaceEvent.Admitted());
      resolve();
    }
  }

  private void resolve() {
    context.listener().started(number, target, options);
    running = true; // answers that are there at once are one instant
    try {
      ask();
    } catch (Throwable e) {
      broke(e);
    }
    run();
  }

  private void ask() {
    if (future.isDone()) {
      pending.add(new RaceEvent.Cancelled()); // before anything was asked for
    } else {
      LocalAddresses from = context.interfaces().present(context.route());
      new Resolution(target, context.route().proxy(), from, loop, context.names())
          .start(this::resolved);
    }
  }

  private void resolved(
      int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    if (over) {
      return;
    }
    unresolved.add(detail);
    context.listener().resolved(number, endpoint, family, candidates, detail);
    handle(new RaceEvent.Resolved(endpoint, family, candidates));
  }

  void reached(ChannelAttempt dial, Stage stage) {
    context.listener().attemptReached(number, dial.number(), stage);
    handle(new RaceEvent.Reached(dial.number(), stage));
  }

  void ended(ChannelAttempt dial, Cause cause, @Nullable String detail) {
    dial.close();
    context
        .listener()
        .attemptEnded(number, dial.number(), cause.outcome(dial.isConnected()), cause, detail);
    handle(new RaceEvent.Ended(dial.number(), cause, detail));
  }

  /**
   * The proxy wants other credentials, and will at its other addresses too: these are not asked, so
   * that one wrong password is one failed login. Proxies lock accounts.
   */
  void credentialsRefused(ChannelAttempt by, String detail) {
    String refused = Addresses.text(by.candidate().remote()) + ": " + detail;
    refusal = refused;
    List.copyOf(dials).stream()
        .filter(dial -> dial != by && !dial.isConnected())
        .forEach(dial -> dial.failed(Cause.PROTOCOL, refused));
  }

  private void handle(RaceEvent event) {
    if (over) {
      return;
    }
    pending.add(event);
    if (!running) {
      run();
    }
  }

  private void run() {
    running = true;
    try {
      do {
        long instant = timer.instant(); // a dial that takes long does not make the next one due
        for (RaceEvent event = pending.poll(); event != null; event = pending.poll()) {
          race.handle(instant, event);
        }
        drain(instant);
        timer.expect(over ? OptionalLong.empty() : race.deadline());
      } while (!pending.isEmpty());
      timer.arm();
    } catch (Throwable e) {
      broke(e);
    } finally {
      running = false;
    }
  }

  /**
   * Nothing here should throw, but a class that cannot be loaded does, where no descriptor is left:
   * the race owes its caller an end, and leaves nothing open.
   */
  private void broke(Throwable thrown) {
    over = true;
    pending.clear();
    dials.stream().filter(dial -> !dial.isOver()).forEach(ChannelAttempt::close);
    timer.cancel();
    context.ended(this);
    future.lost(new IllegalStateException("the race to " + target + " broke down", thrown));
    giveBackPlaces();
  }

  private void drain(long instant) {
    for (RaceCommand next = poll(instant); next != null; next = poll(instant)) {
      next.run(this);
    }
  }

  private @Nullable RaceCommand poll(long instant) {
    return over ? null : race.poll(instant);
  }

  private long now() {
    return context.clock().getAsLong();
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    ChannelAttempt dial = new ChannelAttempt(this, attempt, candidate);
    dials.add(dial);
    context.listener().attemptStarted(number, attempt, candidate);
    if (refusal == null) {
      dial.start(context, initializer);
    } else {
      dial.failed(Cause.LOCAL, "not dialled: " + refusal);
    }
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    ChannelAttempt dial = dials.get(attempt - 1);
    if (dial.isOver()) {
      return;
    }
    dial.close();
    Cause cause = outcome == Outcome.FAILED ? Cause.TIMEOUT : null; // its share of the time is up
    context.listener().attemptEnded(number, attempt, outcome, cause, null);
  }

  @Override
  public void decide(Result result, int winner) {
    over = true;
    pending.clear();
    if (waiting) {
      waiting = false;
      context.limiter().leave(this, now());
      context.listener().started(number, target, options);
    }
    context.ended(this);
    RaceReport report = race.report();
    learning.learn(report, now());
    if (result == Result.WON) {
      won(dials.get(winner - 1), report);
    } else {
      lost(result, report);
    }
  }

  private void won(ChannelAttempt dial, RaceReport report) {
    dial.won();
    context.listener().attemptEnded(number, dial.number(), Outcome.WON, null, null);
    context.listener().decided(number, report);
    if (!future.won(new Connection(dial.channel(), report, dial.attachment()))) {
      dial.close();
    }
  }

  private void lost(Result result, RaceReport report) {
    context.listener().decided(number, report);
    if (result == Result.CANCELLED) {
      future.lost(new CancellationException("the race to " + target + " was cancelled"));
    } else {
      future.lost(
          Failures.exception(
              report, unresolved.details(target, report), n -> dials.get(n - 1).failure()));
    }
  }
}
