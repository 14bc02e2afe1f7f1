package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.option.InvalidOptionException;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a race and the steps that change them; what a step asks of the driver is queued as
 * commands. Times are nanoseconds from the start of the race.
 */
final class RaceState {
  /** Hybrid: if every attempt ended like this, racing differently would change nothing. */
  private static final Set<Cause> FINAL =
      EnumSet.of(Cause.REFUSED, Cause.UNREACHABLE, Cause.LOCAL, Cause.TLS);

  final RaceOptions options;
  final Attempts attempts = new Attempts();
  final CandidateList candidates;
  final Throttle throttle;
  final PermitUse permit;
  private final Queue<RaceCommand> commands = new ArrayDeque<>(4);
  private final Timing timing;
  private final Plan.Facts facts;

  private Plan plan;
  private long now;
  private long end;
  private @Nullable Result result;
  private @Nullable Attempt winner;

  RaceState(
      RaceOptions options,
      Timing timing,
      CandidateList candidates,
      PermitUse permit,
      Throttle throttle) {
    this.options = options;
    this.timing = timing;
    this.candidates = candidates;
    this.permit = permit;
    this.throttle = throttle;
    facts = new Plan.Facts(options, timing, attempts, candidates, throttle);
    plan = planOf(options.connectionRacing(), facts);
    end = timing.timeout;
  }

  private static Plan planOf(Strategy strategy, Plan.Facts facts) {
    return switch (strategy) {
      case NONE -> new NonePlan(facts);
      case FIRST_WINS, HYBRID -> new FirstWinsPlan(facts);
      case LAST_WINS -> new LastWinsPlan(facts);
      case AUTO ->
          throw new InvalidOptionException(
              "connection-racing", "auto", "the strategy that was chosen for this race");
    };
  }

  /** Time stands still once the race is decided. */
  void advance(long time) {
    if (!isDecided()) {
      now = Math.max(now, time);
    }
  }

  long now() {
    return now;
  }

  Plan plan() {
    return plan;
  }

  boolean isDecided() {
    return result != null;
  }

  @Nullable Result result() {
    return result;
  }

  @Nullable Attempt winner() {
    return winner;
  }

  /** The next command, null when there is none until the next event or the {@link #deadline}. */
  @Nullable RaceCommand poll() {
    permit.polled(null, now); // the driver has run the command before
    while (commands.isEmpty() && !isDecided() && applyNextRule()) {
      // Each rule applied changes the facts, from which the next one is derived.
    }
    RaceCommand next = commands.poll();
    if (next instanceof RaceCommand.Close close) {
      permit.polled(attempts.get(close.attempt()), now);
    }
    return next;
  }

  /** When a rule is due if no event comes before. */
  long deadline() {
    long next = Math.min(nextStart(), Math.min(plan.shareEnd(), plan.heldWinsAt()));
    return Math.min(end, next);
  }

  /**
   * Rule 8, for what no event reports: shares, the held attempt, the end, the timeout, the next
   * start. False if nothing is due.
   */
  private boolean applyNextRule() {
    if (plan.shareEnd() <= now) {
      expireShare();
    } else if (plan.heldWinsAt() <= now) {
      win(attempts.held());
    } else if (isExhausted()) {
      lapFailed(Result.FAILED);
    } else if (end <= now) {
      timeOut();
    } else if (nextStart() <= now) {
      startNext();
    } else {
      return false;
    }
    return true;
  }

  /** The plan's next start, unless the limiter said to ask again later. */
  private long nextStart() {
    return Math.max(plan.nextStart(), throttle.askAgainAt());
  }

  /** A dial that completed now would be one client too many in the device's eyes. */
  void closeUnconnected() {
    for (Attempt attempt : attempts.open()) {
      if (!attempt.isConnected()) {
        close(attempt, Outcome.CANCELLED);
      }
    }
  }

  /** Last-wins: an older dial that completes later would be the newest in the device's eyes. */
  void closeOlderThan(Attempt ready) {
    for (Attempt attempt : attempts.open()) {
      if (attempt.number < ready.number) {
        close(attempt, attempt.isHeld() ? Outcome.REPLACED : Outcome.CANCELLED);
      }
    }
  }

  boolean looksForEvidence() {
    return options.connectionRacing() == Strategy.HYBRID && plan instanceof FirstWinsPlan;
  }

  void recogniseLimitedDevice() {
    plan = new LimitedPlan(facts);
    var open = attempts.open();
    for (Attempt older : open.subList(0, Math.max(0, open.size() - 1))) {
      close(older, Outcome.CANCELLED);
    }
  }

  private void expireShare() {
    for (Attempt attempt : attempts.open()) {
      attempt.cause = Cause.TIMEOUT;
      close(attempt, Outcome.FAILED);
    }
  }

  /** Rule 8: what failed in this instant failed before the cancel. */
  void cancel() {
    if (plan.shareEnd() <= now) {
      expireShare();
    }
    if (isExhausted()) {
      lapFailed(Result.FAILED);
    }
    if (!isDecided()) {
      decide(Result.CANCELLED, Outcome.CANCELLED);
    }
  }

  /** Rule 6: nothing is in progress or held, no candidate may start, and resolution is complete. */
  private boolean isExhausted() {
    return attempts.openCount() == 0 && candidates.isResolved() && plan.nextStart() == NEVER;
  }

  private void timeOut() {
    Attempt held = attempts.held();
    if (held != null) {
      win(held);
    } else {
      lapFailed(Result.TIMED_OUT);
    }
  }

  /** Hybrid: first-wins that failed without evidence is followed by one last-wins race. */
  private void lapFailed(Result how) {
    if (looksForEvidence() && !attempts.allEndedBy(FINAL)) {
      attempts.open().forEach(attempt -> close(attempt, Outcome.TIMED_OUT));
      attempts.beginLap();
      candidates.reset();
      end = now + timing.timeout;
      plan = new LastWinsPlan(facts);
    } else {
      decide(how, Outcome.TIMED_OUT);
    }
  }

  private void startNext() {
    CandidateState next = candidates.next(now, plan.redials(), plan.toleratesClose());
    if (next != null && permit.isGranted(next, attempts.all().size() + 1, now)) {
      Attempt retired = plan.toRetire(now);
      if (retired != null) {
        close(retired, Outcome.RETIRED);
      }
      candidates.dialled(next, now);
      Attempt attempt = attempts.start(next, now);
      commands.add(new RaceCommand.Dial(attempt.number, next.candidate));
    }
  }

  void win(@Nullable Attempt attempt) {
    if (attempt != null) {
      attempts.end(attempt, Outcome.WON, now);
      winner = attempt;
      decide(Result.WON, Outcome.CANCELLED);
    }
  }

  /** Rule 7: whatever is not the winner is closed in the instant the race is decided. */
  private void decide(Result how, Outcome ofOpen) {
    attempts.open().forEach(attempt -> close(attempt, ofOpen));
    permit.raceOver(now);
    result = how;
    commands.add(new RaceCommand.Decide(how, winner == null ? 0 : winner.number));
  }

  private void close(Attempt attempt, Outcome outcome) {
    attempts.end(attempt, outcome, now);
    commands.add(new RaceCommand.Close(attempt.number, outcome));
  }
}
