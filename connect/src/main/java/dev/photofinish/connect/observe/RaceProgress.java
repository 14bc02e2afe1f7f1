package dev.photofinish.connect;

import dev.photofinish.race.Cause;
import dev.photofinish.race.Outcome;
import dev.photofinish.race.RaceOptions;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Stage;
import dev.photofinish.race.address.Candidate;
import dev.photofinish.race.address.Family;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The races that are on, each with the report of what has happened so far: for who draws races
 * while they run. Added to any number of connectors, and asked from any thread.
 */
public final class RaceProgress implements RaceListener {

  /**
   * A race that is on, at one instant.
   *
   * @param report without a result; times are nanoseconds since the race began, by this listener's
   *     own clock
   * @param at that instant, on the same clock
   * @param awaited what name servers were asked and have not answered
   */
  public record Snapshot(long race, RaceReport report, long at, List<Question> awaited) {}

  /**
   * A question to a name server.
   *
   * @param endpoint the index, from 0, of the target's endpoint
   */
  public record Question(int endpoint, Family family) {}

  private final Map<Long, RunningRace> running = new LinkedHashMap<>();

  /** One that has heard of no race yet. */
  public RaceProgress() {}

  /** In the order in which they began. */
  public synchronized List<Snapshot> races() {
    long now = System.nanoTime();
    return running.entrySet().stream()
        .map(entry -> entry.getValue().snapshot(entry.getKey(), now))
        .toList();
  }

  private synchronized void tell(long race, Consumer<RunningRace> event) {
    RunningRace told = running.get(race);
    if (told != null) {
      event.accept(told);
    }
  }

  @Override
  public synchronized void started(long race, Target target, RaceOptions options) {
    running.put(race, new RunningRace(target, options, System.nanoTime()));
  }

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    tell(race, r -> r.resolved(endpoint, family, candidates, System.nanoTime()));
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    tell(race, r -> r.attemptStarted(attempt, candidate, System.nanoTime()));
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    tell(race, r -> r.attemptReached(attempt, stage, System.nanoTime()));
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    tell(race, r -> r.attemptEnded(attempt, outcome, cause, detail, System.nanoTime()));
  }

  @Override
  public synchronized void decided(long race, RaceReport report) {
    running.remove(race);
  }
}
