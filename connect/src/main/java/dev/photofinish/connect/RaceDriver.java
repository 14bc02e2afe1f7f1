package dev.photofinish.connect;

import dev.photofinish.connect.channel.LocalAddresses;
import dev.photofinish.connect.dns.Resolution;
import dev.photofinish.connect.dns.Unresolved;
import dev.photofinish.connect.route.Target;
import dev.photofinish.host.HistorySession;
import dev.photofinish.host.SourceAddresses;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.Permit;
import dev.photofinish.race.Race;
import dev.photofinish.race.RaceCommand;
import dev.photofinish.race.RaceEvent;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.Rfc6724;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Drives one race on one event loop: waits for its permit, resolves its target, runs its commands,
 * and completes its future. A {@link RaceLoop} hands it the commands.
 */
final class RaceDriver implements RaceCommand.Driver, ChannelAttempt.Listener {
  private final RaceContext context;
  private final long number;
  private final Target target;
  private final RaceOptions options;
  private final EventLoop loop;
  private final RaceFuture future;
  private final HistorySession history;
  private final PermitRequest request;
  private final RaceLoop machine;
  private final Attempts attempts;

  private final Unresolved unresolved = new Unresolved();
  private boolean begun;

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
    this.loop = context.transport().group().next();
    this.future = new RaceFuture(loop, this::cancel);
    this.attempts = new Attempts(context, target, initializer, loop, this);
    this.machine = new RaceLoop(loop, context.clock(), this, this::broke);
    this.history = HistorySession.of(options, context.history(), turn, now());
    this.request =
        new PermitRequest(
            context,
            target.endpoints().get(0).host(),
            loop,
            this::granted,
            () -> context.ended(future)); // the event loop has ended
  }

  RaceFuture future() {
    return future;
  }

  /** On any thread; without effect once the race is decided. */
  void cancel() {
    if (loop.inEventLoop() && begun) {
      cancelNow();
      return;
    }
    try {
      loop.execute(this::cancelNow);
    } catch (RejectedExecutionException e) {
      context.ended(future); // the event loop has ended, and closed every channel
      giveBackPermit();
    }
  }

  private void cancelNow() {
    if (!request.isWaiting()) {
      machine.handle(new RaceEvent.Cancelled());
      return;
    }
    machine.end();
    request.withdraw();
    context.listener().started(number, target, options);
    context.ended(future);
    lost(
        Result.CANCELLED,
        RaceReport.notBegun(target.toString(), options, Result.CANCELLED, request.waited()));
  }

  /** The race ends without a decision: its slots, or its place in the queue, are others' now. */
  private void giveBackPermit() {
    if (request.isWaiting()) {
      request.withdraw();
    } else {
      machine.release();
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
      context.ended(future);
      throw e;
    }
  }

  private void start() {
    begun = true;
    request.send();
    if (request.isWaiting()) {
      context.listener().queued(number, target, options);
    }
  }

  private void granted(Permit permit) {
    Race race =
        new Race(
            target.toString(),
            target.endpoints().size(),
            options,
            new Rfc6724(new SourceAddresses(), history),
            history,
            permit,
            now());
    context.listener().started(number, target, options);
    machine.begin(race, this::resolve);
  }

  private void resolve() {
    if (future.isDone()) {
      machine.handle(new RaceEvent.Cancelled()); // before anything was asked for
    } else {
      LocalAddresses from = context.interfaces().present(context.route());
      new Resolution(target, context.route().proxy(), from, loop, context.resolver())
          .start(this::resolved);
    }
  }

  private void resolved(
      int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    if (machine.isOver()) {
      return;
    }
    unresolved.add(detail);
    context.listener().resolved(number, endpoint, family, candidates, detail);
    machine.handle(new RaceEvent.Resolved(endpoint, family, candidates));
  }

  @Override
  public void reached(ChannelAttempt attempt, Stage stage) {
    context.listener().attemptReached(number, attempt.number(), stage);
    machine.handle(new RaceEvent.Reached(attempt.number(), stage));
  }

  @Override
  public void ended(ChannelAttempt attempt, Cause cause, @Nullable String detail) {
    attempt.close();
    Outcome outcome = cause.outcome(attempt.isConnected());
    context.listener().attemptEnded(number, attempt.number(), outcome, cause, detail);
    machine.handle(new RaceEvent.Ended(attempt.number(), cause, detail));
  }

  @Override
  public void credentialsRefused(ChannelAttempt attempt, String detail) {
    attempts.credentialsRefused(attempt, detail);
  }

  /**
   * Nothing here should throw, but a class that cannot be loaded does, where no descriptor is left:
   * the race owes its caller an end, and leaves nothing open.
   */
  private void broke(Throwable thrown) {
    machine.end();
    attempts.closeAll();
    context.ended(future);
    future.lost(new IllegalStateException("the race to " + target + " broke down", thrown));
    giveBackPermit();
  }

  private long now() {
    return context.clock().getAsLong();
  }

  @Override
  public void dial(int attemptNumber, Candidate candidate) {
    ChannelAttempt attempt = attempts.add(attemptNumber, candidate);
    context.listener().attemptStarted(number, attemptNumber, candidate);
    attempts.start(attempt);
  }

  @Override
  public void close(int attemptNumber, Outcome outcome) {
    ChannelAttempt attempt = attempts.get(attemptNumber);
    if (attempt.isOver()) {
      return;
    }
    attempt.close();
    Cause cause = outcome == Outcome.FAILED ? Cause.TIMEOUT : null; // its share of the time is up
    context.listener().attemptEnded(number, attemptNumber, outcome, cause, null);
  }

  @Override
  public void decide(Result result, int winner) {
    machine.end();
    context.ended(future);
    RaceReport report = machine.report();
    history.learn(report, now());
    if (result == Result.WON) {
      won(attempts.get(winner), report);
    } else {
      lost(result, report);
    }
  }

  private void won(ChannelAttempt winner, RaceReport report) {
    winner.won();
    context.listener().attemptEnded(number, winner.number(), Outcome.WON, null, null);
    context.listener().decided(number, report);
    if (!future.won(new Connection(winner.channel(), report, winner.attachment()))) {
      winner.close();
    }
  }

  private void lost(Result result, RaceReport report) {
    context.listener().decided(number, report);
    if (result == Result.CANCELLED) {
      future.lost(new CancellationException("the race to " + target + " was cancelled"));
    } else {
      future.lost(
          Failures.exception(
              report, unresolved.details(target, report), n -> attempts.get(n).failure()));
    }
  }
}
