package dev.photofinish.race;

import static dev.photofinish.race.Timing.NEVER;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One race, as a machine that takes time and events and gives commands.
 *
 * <p>A driver reports each event with {@link #handle}, then runs what {@link #poll} gives until it
 * gives null, then arms one timer for {@link #deadline}, at which it polls again. Each {@code dial}
 * is answered by {@link RaceEvent.Ended} at most once, or the race's own deadline expires it;
 * events of attempts that are over are legal, and whatever they bring is the driver's to close.
 * After {@code decide} there are no commands and no deadline. Events of one instant come in the
 * order of the contract (progress, ends, answers, cancel), all of them before the poll.
 *
 * <p>Times are nanoseconds of the driver's ticker, which may start anywhere and wrap around. Not
 * safe for use by several threads at once.
 */
public final class Race {
  /** Hybrid: if every attempt ended like this, racing differently would change nothing. */
  private static final Set<Cause> FINAL =
      EnumSet.of(Cause.REFUSED, Cause.UNREACHABLE, Cause.LOCAL, Cause.TLS);

  private final String target;
  private final RaceOptions options;
  private final Timing timing;
  private final CandidateList candidates;
  private final Attempts attempts = new Attempts();
  private final Plan.Facts facts;
  private final DialLimiter limiter;
  private final Queue<RaceCommand> commands = new ArrayDeque<>(4);

  private Plan plan;
  private long startedAt;
  private long now;
  private boolean waiting;

  /** Whether the race has a place in its limiter that no dial of it has. */
  private boolean hasPlace = true;

  private long queuedFor;
  private @Nullable Throttlings throttled;
  private @Nullable Attempt closing;
  private long end;
  private @Nullable Result result;
  private @Nullable Attempt winner;

  /**
   * @param target for the report: what the caller asked for, without user and password
   * @param endpoints how many endpoints the target has; each is answered for both families
   * @param order of the addresses of one endpoint before families are interleaved (RFC 6724)
   * @param past what earlier races learnt of the candidates; not asked with {@code history=off}
   * @param limiter asked for each dial; the driver has {@linkplain DialLimiter#enter entered} it,
   *     or reports {@link RaceEvent.Queued} first
   * @param startedAt the driver's time, in nanoseconds, of the caller's call
   * @throws InvalidOptionException if the strategy is {@link Strategy#AUTO}
   */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      RaceHistory past,
      DialLimiter limiter,
      long startedAt) {
    this.target = target;
    this.options = options;
    this.limiter = limiter;
    this.startedAt = startedAt;
    timing = new Timing(options);
    candidates =
        new CandidateList(
            endpoints, options, timing, order, options.history() ? past : RaceHistory.UNKNOWN);
    facts = new Plan.Facts(options, timing, attempts, candidates);
    end = timing.timeout;
    plan =
        switch (options.connectionRacing()) {
          case NONE -> new NonePlan(facts);
          case FIRST_WINS, HYBRID -> new FirstWinsPlan(facts);
          case LAST_WINS -> new LastWinsPlan(facts);
          case AUTO ->
              throw new InvalidOptionException(
                  "connection-racing", "auto", "the strategy that was chosen for this race");
        };
  }

  /** A race that shares no limiter with others. */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      RaceHistory past,
      long startedAt) {
    this(target, endpoints, options, order, past, DialLimiter.UNLIMITED, startedAt);
  }

  /** A race that knows nothing from earlier ones. */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      long startedAt) {
    this(target, endpoints, options, order, RaceHistory.UNKNOWN, startedAt);
  }

  /**
   * Takes note of {@code event}, which happened at {@code time}. Ignored once the race is decided.
   */
  public void handle(long time, RaceEvent event) {
    if (isDecided()) {
      return;
    }
    advance(time);
    if (event instanceof RaceEvent.Reached reached) {
      reached(attempts.get(reached.attempt()), reached.stage());
    } else if (event instanceof RaceEvent.Ended ended) {
      ended(attempts.get(ended.attempt()), ended);
    } else if (event instanceof RaceEvent.Resolved resolved) {
      candidates.answer(resolved, now);
    } else if (event instanceof RaceEvent.Queued) {
      waiting = true;
    } else if (event instanceof RaceEvent.Admitted) {
      admitted();
    } else {
      cancelled();
    }
  }

  private void admitted() {
    waiting = false;
    queuedFor = now;
    startedAt += now;
    now = 0;
  }

  /** The next command, or null when there is none until the next event or the {@link #deadline}. */
  public @Nullable RaceCommand poll(long time) {
    advance(time);
    closed();
    while (commands.isEmpty() && !isDecided() && !waiting && applyNextRule()) {
      // Each rule applied changes the facts, from which the next one is derived.
    }
    RaceCommand next = commands.poll();
    closing = next instanceof RaceCommand.Close close ? attempts.get(close.attempt()) : null;
    return next;
  }

  /** The command before was run: what it closed is in progress no more. */
  private void closed() {
    if (closing != null && closing.ready < 0) {
      tellLimiter(closing, false);
    }
    closing = null;
  }

  /**
   * When to poll again if no event comes before, in the driver's time; empty after the decision,
   * and while the race waits for its place.
   */
  public OptionalLong deadline() {
    if (isDecided() || waiting) {
      return OptionalLong.empty();
    }
    long next = Math.min(nextStart(), Math.min(plan.shareEnd(), plan.heldWinsAt()));
    return OptionalLong.of(startedAt + Math.min(end, next));
  }

  public boolean isDecided() {
    return result != null;
  }

  /** The race so far. */
  public RaceReport report() {
    List<RaceReport.Attempt> reports = attempts.reports();
    return new RaceReport(
        target,
        options.connectionRacing(),
        options,
        candidates.answers(),
        reports,
        result,
        winner == null ? null : reports.get(winner.number - 1),
        isDecided() ? now : -1,
        waiting ? now : queuedFor,
        throttled == null ? List.of() : throttled.reports());
  }

  private void advance(long time) {
    if (!isDecided()) {
      now = Math.max(now, time - startedAt);
    }
  }

  /**
   * Rule 8, for what no event tells: shares, the held attempt, the timeout, the end, the next
   * start.
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
    return Math.max(plan.nextStart(), attempts.throttledUntil());
  }

  private void reached(Attempt attempt, Stage stage) {
    if (attempt.isOver() || !attempt.reached(stage, now)) {
      return;
    }
    if (!plan.mayMoreConnect()) {
      closeUnconnected();
    }
    if (stage != Stage.READY) {
      return;
    }
    tellLimiter(attempt, false);
    if (plan.holds()) {
      closeOlderThan(attempt);
    } else {
      win(attempt);
    }
  }

  /** A dial that completed now would be one client too many in the device's eyes. */
  private void closeUnconnected() {
    for (Attempt attempt : attempts.open()) {
      if (!attempt.isConnected()) {
        close(attempt, Outcome.CANCELLED);
      }
    }
  }

  /** Last-wins: an older dial that completes later would be the newest in the device's eyes. */
  private void closeOlderThan(Attempt ready) {
    for (Attempt attempt : attempts.open()) {
      if (attempt.number < ready.number) {
        close(attempt, attempt.isHeld() ? Outcome.REPLACED : Outcome.CANCELLED);
      }
    }
  }

  private void ended(Attempt attempt, RaceEvent.Ended event) {
    if (attempt.isOver()) {
      return;
    }
    attempt.cause = event.cause();
    attempt.detail = event.detail();
    attempt.slot.ended(event.cause(), attempt.isConnected());
    Outcome outcome = event.cause().outcome(attempt.isConnected());
    attempts.end(attempt, outcome, now);
    if (attempt.ready < 0) {
      hasPlace = hasSentNothing() || isSucceeded(attempt);
      if (hasPlace) {
        attempts.throttle(0); // it need not wait for a token any more
      }
      tellLimiter(attempt, hasPlace);
    }
    if (outcome == Outcome.EVICTED && looksForEvidence() && madeRoomForNewer(attempt)) {
      recogniseLimitedDevice();
    }
  }

  private boolean looksForEvidence() {
    return options.connectionRacing() == Strategy.HYBRID && plan instanceof FirstWinsPlan;
  }

  /** Rule 8: what failed in this instant failed before the cancel. */
  private void cancelled() {
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

  /** Hybrid's evidence in the race: evicted within 100 ms after a newer attempt connected. */
  private boolean madeRoomForNewer(Attempt evicted) {
    for (Attempt attempt : attempts.lap()) {
      if (attempt.number > evicted.number
          && attempt.isConnected()
          && Eviction.isEvidence(now, attempt.connected)) {
        return true;
      }
    }
    return false;
  }

  private void recogniseLimitedDevice() {
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
    if (looksForEvidence() && mayChangeSomething()) {
      attempts.open().forEach(attempt -> close(attempt, Outcome.TIMED_OUT));
      attempts.beginLap();
      candidates.reset();
      end = now + timing.timeout;
      plan = new LastWinsPlan(facts);
    } else {
      decide(how, Outcome.TIMED_OUT);
    }
  }

  private boolean mayChangeSomething() {
    for (Attempt attempt : attempts.all()) {
      if (attempt.cause == null || !FINAL.contains(attempt.cause)) {
        return true;
      }
    }
    return false;
  }

  private void startNext() {
    CandidateList.Slot slot = candidates.next(now, plan.redials(), plan.toleratesClose());
    if (slot != null && isGranted(slot)) {
      Attempt retired = plan.toRetire(now);
      if (retired != null) {
        close(retired, Outcome.RETIRED);
      }
      Attempt attempt = attempts.start(slot, now);
      commands.add(new RaceCommand.Dial(attempt.number, slot.candidate));
    }
  }

  private boolean isGranted(CandidateList.Slot slot) {
    DialLimiter.Turn turn = turn(slot);
    if (turn == DialLimiter.Turn.EXTRA) {
      giveBackPlace();
    }
    DialLimiter.Refusal refusal = limiter.ask(slot.candidate, turn, startedAt + now);
    if (refusal == null) {
      hasPlace = false;
      endThrottling();
      return true;
    }
    attempts.throttle(Math.max(now + 1, refusal.askAgainAt() - startedAt));
    if (throttled == null) {
      throttled = new Throttlings();
    }
    throttled.refused(attempts.all().size() + 1, now, refusal.reason());
    return false;
  }

  private DialLimiter.Turn turn(CandidateList.Slot slot) {
    if (hasSentNothing()) {
      return DialLimiter.Turn.FIRST;
    }
    return hasPlace && slot.isFresh() ? DialLimiter.Turn.SUCCESSOR : DialLimiter.Turn.EXTRA;
  }

  private void giveBackPlace() {
    if (hasPlace) {
      hasPlace = false;
      limiter.unused(startedAt + now);
    }
  }

  private void endThrottling() {
    if (throttled != null) {
      throttled.end(now);
    }
  }

  private boolean hasSentNothing() {
    return attempts.lastSent() < 0;
  }

  /**
   * Nothing is in progress, {@code attempt} did not end in silence, and there is an address that
   * was not dialled yet, or may still be one.
   */
  private boolean isSucceeded(Attempt attempt) {
    return attempts.openCount() == 0
        && attempt.cause != Cause.TIMEOUT
        && (candidates.fresh() > 0 || !candidates.isResolved());
  }

  /** The attempt is no more in progress: ready, or ended. */
  private void tellLimiter(Attempt attempt, boolean keepsPlace) {
    limiter.ended(
        attempt.slot.candidate,
        startedAt + attempt.start,
        hasSentNothing() ? DialLimiter.Heard.UNSENT : attempt.heard(),
        keepsPlace,
        startedAt + now);
  }

  private void win(@Nullable Attempt attempt) {
    if (attempt != null) {
      attempts.end(attempt, Outcome.WON, now);
      winner = attempt;
      decide(Result.WON, Outcome.CANCELLED);
    }
  }

  /** Rule 7: whatever is not the winner is closed in the instant the race is decided. */
  private void decide(Result how, Outcome ofOpen) {
    attempts.open().forEach(attempt -> close(attempt, ofOpen));
    if (!waiting) {
      giveBackPlace();
    }
    endThrottling();
    result = how;
    commands.add(new RaceCommand.Decide(how, winner == null ? 0 : winner.number));
  }

  private void close(Attempt attempt, Outcome outcome) {
    attempts.end(attempt, outcome, now);
    commands.add(new RaceCommand.Close(attempt.number, outcome));
  }
}
