package dev.photofinish.race;

import dev.photofinish.option.InvalidOptionException;
import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One race, as a machine that takes time and events and gives commands.
 *
 * <p>A driver that has a {@link Permit} hands over all that happened in an instant with {@link
 * #handle(long, Collection)}, in any order, then runs what {@link #poll} gives until it gives null,
 * then arms one timer for {@link #deadline}, at which it polls again. Each {@code dial} is answered
 * by {@link RaceEvent.Ended} at most once, or the race's own deadline expires it; events of
 * attempts that are over are legal, and whatever they bring is the driver's to close. After {@code
 * decide} there are no commands and no deadline.
 *
 * <p>Times are nanoseconds of the driver's ticker, which may start anywhere and wrap around. Not
 * safe for use by several threads at once.
 */
public final class Race {
  private final String target;
  private final long startedAt;
  private final long queuedFor;
  private final RaceState state;
  private final RaceEvent.Handler handler;

  /**
   * @param target for the report: what the caller asked for, without user and password
   * @param endpoints how many endpoints the target has; each is answered for both families
   * @param order of the addresses of one endpoint before families are interleaved (RFC 6724)
   * @param past what earlier races learnt of the candidates; not asked with {@code history=off}
   * @param permit of the limiter that the race shares with others; closed when it is decided
   * @param startedAt the driver's time, in nanoseconds, of the caller's call; of the grant where
   *     the race waited for its permit
   * @throws InvalidOptionException if the strategy is {@link Strategy#AUTO}
   */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      RaceHistory past,
      Permit permit,
      long startedAt) {
    this.target = target;
    this.startedAt = startedAt;
    queuedFor = permit.queuedFor(startedAt);
    Timing timing = new Timing(options);
    Throttle throttle = new Throttle();
    state =
        new RaceState(
            options,
            timing,
            new CandidateList(
                endpoints, options, timing, order, options.history() ? past : RaceHistory.UNKNOWN),
            new PermitUse(permit, startedAt, throttle),
            throttle);
    handler = new RaceEvents(state);
  }

  /** A race that shares no limiter with others. */
  public Race(
      String target,
      int endpoints,
      RaceOptions options,
      Comparator<Candidate> order,
      RaceHistory past,
      long startedAt) {
    this(target, endpoints, options, order, past, Permit.UNLIMITED, startedAt);
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
   * Takes note of {@code events}, which happened in the instant {@code time}: the order is the
   * race's own (rule 8). Ignored once the race is decided.
   */
  public void handle(long time, Collection<? extends RaceEvent> events) {
    List<RaceEvent> inOrder = new ArrayList<>(events);
    inOrder.sort(RaceEvent.ORDER);
    inOrder.forEach(event -> handle(time, event));
  }

  /** Takes note of {@code event}, all that happened in the instant {@code time}. */
  public void handle(long time, RaceEvent event) {
    if (!isDecided()) {
      state.advance(time - startedAt);
      event.deliver(handler);
    }
  }

  /** The next command, or null when there is none until the next event or the {@link #deadline}. */
  public @Nullable RaceCommand poll(long time) {
    state.advance(time - startedAt);
    return state.poll();
  }

  /**
   * When to poll again if no event comes before, in the driver's time; empty after the decision.
   */
  public OptionalLong deadline() {
    return isDecided() ? OptionalLong.empty() : OptionalLong.of(startedAt + state.deadline());
  }

  public boolean isDecided() {
    return state.isDecided();
  }

  /** The race so far. */
  public RaceReport report() {
    List<RaceReport.Attempt> reports = state.attempts.reports();
    Attempt winner = state.winner();
    return new RaceReport(
        target,
        state.options.connectionRacing(),
        state.options,
        state.candidates.answers(),
        reports,
        state.result(),
        winner == null ? null : reports.get(winner.number - 1),
        isDecided() ? state.now() : Timing.NOT_YET,
        queuedFor,
        state.throttle.reports());
  }
}
