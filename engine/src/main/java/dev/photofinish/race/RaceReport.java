package dev.photofinish.race;

import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The report of a race: the log line, the JSON, the picture and the metrics are made from it. Times
 * are nanoseconds from the start of the race, {@link Timing#NOT_YET} (-1) for what has not
 * happened.
 *
 * @param target as the caller wrote it, without user and password
 * @param strategy how the race was run; last-wins for a hybrid race of a device known to be limited
 * @param answers in the order they came
 * @param attempts in start order
 * @param result null while the race runs
 * @param winner the winning attempt, null unless the race is won
 * @param decidedAt when the race was decided, -1 while it runs
 * @param queuedFor how long the race waited in the queue of its process's limiter before it began,
 *     nanoseconds; 0 if it did not have to
 * @param throttled the attempts that the limiter of its process throttled for a time, in start
 *     order
 */
public record RaceReport(
    String target,
    Strategy strategy,
    RaceOptions options,
    List<Answer> answers,
    List<Attempt> attempts,
    @Nullable Result result,
    @Nullable Attempt winner,
    long decidedAt,
    long queuedFor,
    List<Throttled> throttled) {

  /** The report of a race that its process did not hold up. */
  public RaceReport(
      String target,
      Strategy strategy,
      RaceOptions options,
      List<Answer> answers,
      List<Attempt> attempts,
      @Nullable Result result,
      @Nullable Attempt winner,
      long decidedAt) {
    this(target, strategy, options, answers, attempts, result, winner, decidedAt, 0, List.of());
  }

  /** The report of a race that did not begin: its wait for a permit of the limiter ended it. */
  public static RaceReport notBegun(
      String target, RaceOptions options, Result result, long queuedFor) {
    return new RaceReport(
        target,
        options.connectionRacing(),
        options,
        List.of(),
        List.of(),
        result,
        null,
        0,
        queuedFor,
        List.of());
  }

  /** One resolution answer; an empty list of candidates is a negative one. */
  public record Answer(long at, int endpoint, Family family, List<Candidate> candidates) {}

  /**
   * An attempt that could have started, and that the limiter throttled.
   *
   * @param attempt the number that it got, or would have got
   * @param at when it could have started
   * @param until when it started, or the race was decided without it; -1 while it is throttled
   * @param reason why the limiter throttled it at first
   */
  public record Throttled(int attempt, long at, long until, DialLimiter.Reason reason) {}

  /**
   * One attempt.
   *
   * @param number from 1 in start order
   * @param connected when TCP was established, -1 if it never was
   * @param ready when it reached the finish line, -1 if it never did
   * @param end when it ended, or won; -1 while it goes on
   * @param stage the furthest it came
   * @param outcome null while it goes on
   * @param cause why the network or the peer ended it, null when we did
   * @param detail human-readable: what exactly was seen; null when there is nothing to add
   */
  public record Attempt(
      int number,
      Candidate candidate,
      long start,
      long connected,
      long ready,
      long end,
      Stage stage,
      @Nullable Outcome outcome,
      @Nullable Cause cause,
      @Nullable String detail) {}
}
