package dev.photofinish.race;

import static java.time.Duration.ofMillis;

import dev.photofinish.race.address.Addresses;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.history.History;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reports of races, attempt by attempt, for {@link History} to learn from. Milliseconds. */
final class Learnt {
  private final List<RaceReport.Attempt> attempts = new ArrayList<>();

  /** One attempt that connected, and was then cancelled. */
  static RaceReport connected(Candidate candidate, long millis) {
    return new Learnt()
        .attempt(candidate, 0, millis, millis, Outcome.CANCELLED, null)
        .decidedAt(millis);
  }

  /**
   * @param connected -1 for never
   */
  Learnt attempt(
      Candidate candidate,
      long start,
      long connected,
      long end,
      Outcome outcome,
      @Nullable Cause cause) {
    attempts.add(
        new RaceReport.Attempt(
            attempts.size() + 1,
            candidate,
            nanos(start),
            connected < 0 ? -1 : nanos(connected),
            outcome == Outcome.WON ? nanos(end) : -1,
            nanos(end),
            connected < 0 ? Stage.STARTED : Stage.CONNECTED,
            outcome,
            cause,
            null));
    return this;
  }

  RaceReport decidedAt(long millis) {
    return new RaceReport(
        "camera",
        Strategy.FIRST_WINS,
        RaceOptions.defaults(),
        List.of(),
        attempts,
        Result.FAILED,
        null,
        nanos(millis));
  }

  static Candidate candidate(String numeric) {
    return new Candidate(new InetSocketAddress(Addresses.parse(numeric), 554));
  }

  static long nanos(long millis) {
    return ofMillis(millis).toNanos();
  }
}
