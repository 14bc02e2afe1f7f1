package dev.photofinish.retry;

import dev.photofinish.race.Strategy;
import org.jspecify.annotations.Nullable;

/** The decision after a try that failed or a stream that dropped. */
public sealed interface RetryDecision {

  /** Why, as a clause for the log and the state's {@code reason}. */
  String reason();

  /**
   * Try again.
   *
   * @param attempt the number of this retry, from 1; it starts again at 1 after a stable stream
   * @param delayNanos how long to wait from the time of the event, 0 for at once
   * @param strategy how the delay was drawn; never {@link RetryStrategy#AUTO} or {@link
   *     RetryStrategy#NONE}
   * @param racing how to race; never {@link Strategy#AUTO}
   * @param change what {@code auto} chose again of what is its to choose, and the last outcomes
   *     that made it; null when its choice stands
   */
  record Retry(
      int attempt,
      long delayNanos,
      RetryStrategy strategy,
      Strategy racing,
      String reason,
      @Nullable String change)
      implements RetryDecision {}

  /** Stop: nothing that comes later changes it. */
  record GiveUp(String reason) implements RetryDecision {}
}
