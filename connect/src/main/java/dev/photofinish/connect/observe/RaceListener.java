package dev.photofinish.connect.observe;

import dev.photofinish.connect.route.Target;
import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows races as they happen.
 *
 * <p>All calls of one race come from its event loop, one after another: {@code queued} if it has to
 * wait for the {@linkplain dev.photofinish.race.DialLimiter limiter}, {@code started}, then any
 * number of {@code resolved} and of attempts ({@code attemptStarted}, {@code attemptReached},
 * {@code attemptEnded} in this order for each, the winner included), {@code decided} last and
 * before the race's future completes, unless the caller completed or cancelled that: then a moment
 * after it. Calls must not block, since all races of the event loop wait for them, but may use
 * every method of a connector; whatever one throws, errors included, is logged and changes nothing.
 *
 * <p>{@code race} is the number of the race in this process, from 1 in the order of the calls.
 */
public interface RaceListener {
  /** Ignores every event. */
  RaceListener NONE = new RaceListener() {};

  /** Passes each event to all of {@code listeners}, in this order, whatever one of them throws. */
  static RaceListener all(RaceListener... listeners) {
    return new Listeners(List.of(listeners));
  }

  /** The race waits for a permit of the limiter; how long it waited is in the report. */
  default void queued(long race, Target target, RaceOptions options) {}

  /**
   * The race begins; called too for one that was cancelled while it waited, just before its end.
   */
  default void started(long race, Target target, RaceOptions options) {}

  /**
   * One family of one endpoint was answered.
   *
   * @param endpoint the index, from 0, of the target's endpoint
   * @param candidates empty for a negative answer
   * @param detail why there are none ({@code NXDOMAIN}, ...), null where there are some or nothing
   *     was asked
   */
  default void resolved(
      long race,
      int endpoint,
      Family family,
      List<Candidate> candidates,
      @Nullable String detail) {}

  default void attemptStarted(long race, int attempt, Candidate candidate) {}

  default void attemptReached(long race, int attempt, Stage stage) {}

  /**
   * The attempt is over, and its channel closed unless it won.
   *
   * @param cause why the network or the peer ended it, null when we did
   * @param detail a human-readable description of what was seen; null when there is nothing to add
   */
  default void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {}

  default void decided(long race, RaceReport report) {}
}
