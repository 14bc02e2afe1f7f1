package dev.photofinish.connect.observe;

import dev.photofinish.connect.route.Target;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running races, each with the report of what has happened so far: for drawing races while they
 * run. Added to any number of connectors, and asked from any thread.
 */
public final class RaceProgress implements RaceListener {

  /**
   * A running race, at one instant.
   *
   * @param report without a result; times are nanoseconds since the race began, by this listener's
   *     own clock
   * @param at that instant, on the same clock
   * @param awaited the questions to name servers that are not answered yet
   */
  public record Snapshot(long race, RaceReport report, long at, List<Question> awaited) {}

  /**
   * A question to a name server.
   *
   * @param endpoint the index, from 0, of the target's endpoint
   */
  public record Question(int endpoint, Family family) {}

  private final Map<Long, RunningRace> running = new LinkedHashMap<>();

  /** Without races yet. */
  public RaceProgress() {}

  /** In the order in which they began. */
  public synchronized List<Snapshot> races() {
    long now = System.nanoTime();
    return running.entrySet().stream()
        .map(entry -> snapshot(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  private static Snapshot snapshot(long number, RunningRace race, long now) {
    return new Snapshot(number, race.report(), race.elapsed(now), awaited(race));
  }

  private static List<Question> awaited(RunningRace race) {
    return IntStream.range(0, race.endpoints())
        .boxed()
        .flatMap(i -> Stream.of(Family.values()).map(family -> new Question(i, family)))
        .filter(question -> !race.isAnswered(question.endpoint(), question.family()))
        .toList();
  }

  private synchronized void update(long number, Consumer<RunningRace> event) {
    RunningRace race = running.get(number);
    if (race != null) {
      event.accept(race);
    }
  }

  @Override
  public synchronized void started(long race, Target target, RaceOptions options) {
    running.put(race, new RunningRace(target, options, System.nanoTime()));
  }

  @Override
  public void resolved(
      long race, int endpoint, Family family, List<Candidate> candidates, @Nullable String detail) {
    update(race, r -> r.resolved(endpoint, family, candidates, System.nanoTime()));
  }

  @Override
  public void attemptStarted(long race, int attempt, Candidate candidate) {
    update(race, r -> r.attemptStarted(attempt, candidate, System.nanoTime()));
  }

  @Override
  public void attemptReached(long race, int attempt, Stage stage) {
    update(race, r -> r.attemptReached(attempt, stage, System.nanoTime()));
  }

  @Override
  public void attemptEnded(
      long race, int attempt, Outcome outcome, @Nullable Cause cause, @Nullable String detail) {
    update(race, r -> r.attemptEnded(attempt, outcome, cause, detail, System.nanoTime()));
  }

  @Override
  public synchronized void decided(long race, RaceReport report) {
    running.remove(race);
  }
}
