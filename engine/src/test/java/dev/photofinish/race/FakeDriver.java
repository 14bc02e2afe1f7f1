package dev.photofinish.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Drives a {@link Race} as its contract says and checks, after every step, what must hold for every
 * race whatever happens to it:
 *
 * <ul>
 *   <li>at most {@code max-parallel-connections} attempts in progress or held;
 *   <li>at most {@code max-connected-attempts} of them connected, and none dialled beside so many;
 *   <li>two starts never less than 10 ms apart, local failures excepted (rule 1);
 *   <li>each attempt that was dialled ends exactly once;
 *   <li>exactly one decision, at most one winner, and that one had reached the finish line;
 *   <li>after the decision no command and no deadline;
 *   <li>before it a deadline that lies in the future once the commands are drained, and is never
 *       beyond the race's end;
 *   <li>events of attempts that are over change nothing.
 * </ul>
 *
 * <p>Times are nanoseconds from the start of the race.
 */
final class FakeDriver implements RaceCommand.Driver {
  private static final long FLOOR = 10_000_000;
  private static final int MOST_COMMANDS_AT_ONCE = 100;

  private final RaceOptions options;
  private final long startedAt;
  private final Race race;
  private final Map<Integer, Candidate> dialled = new HashMap<>();
  private final TreeMap<Integer, Long> open = new TreeMap<>();
  private final TreeMap<Integer, Long> sent = new TreeMap<>();
  private final Set<Integer> ready = new TreeSet<>();
  private final Set<Integer> connected = new TreeSet<>();
  private final Map<Integer, Outcome> closed = new HashMap<>();
  private long now;
  private boolean cancelled;
  private @Nullable Result result;
  private int winner;

  FakeDriver(RaceOptions options, int endpoints, long startedAt) {
    this(options, endpoints, startedAt, Comparator.comparing(Candidate::family));
  }

  FakeDriver(RaceOptions options, int endpoints, long startedAt, Comparator<Candidate> order) {
    this.options = options;
    this.startedAt = startedAt;
    this.race = new Race("camera.example", endpoints, options, order, startedAt);
  }

  void handle(long at, RaceEvent event) {
    boolean over = isOver(event);
    String before = over ? race.report().toString() : "";
    now = at;
    race.handle(startedAt + at, event);
    if (over) {
      assertThat(race.report().toString()).as("after %s, which is over", event).isEqualTo(before);
    } else {
      note(event);
    }
  }

  /** Over in the race's eyes, though the command that says so may not be drained yet. */
  private boolean isOver(RaceEvent event) {
    if (race.isDecided()) {
      return true;
    }
    if (event instanceof RaceEvent.Reached reached) {
      return isOver(reached.attempt());
    }
    return event instanceof RaceEvent.Ended ended && isOver(ended.attempt());
  }

  private boolean isOver(int attempt) {
    return race.report().attempts().get(attempt - 1).outcome() != null;
  }

  private void note(RaceEvent event) {
    if (event instanceof RaceEvent.Reached reached) {
      connected.add(reached.attempt());
      if (reached.stage() == Stage.READY) {
        ready.add(reached.attempt());
      }
    } else if (event instanceof RaceEvent.Ended ended) {
      open.remove(ended.attempt());
      if (ended.cause() == Cause.LOCAL) {
        sent.remove(ended.attempt());
      }
    } else if (event instanceof RaceEvent.Cancelled) {
      cancelled = true;
    }
  }

  /** Runs the commands that are due; they are the answer to all events handled before. */
  List<RaceCommand> drain(long at) {
    now = at;
    List<RaceCommand> commands = new ArrayList<>();
    for (RaceCommand c = race.poll(startedAt + at); c != null; c = race.poll(startedAt + at)) {
      commands.add(c);
      assertThat(commands).as("commands at %s", at).hasSizeLessThan(MOST_COMMANDS_AT_ONCE);
      assertThat(result).as("decided before %s", c).isNull();
      c.run(this);
    }
    assertThat(connectedNow()).as("connected").isLessThanOrEqualTo(options.maxConnectedAttempts());
    checkDeadline();
    return commands;
  }

  private void checkDeadline() {
    OptionalLong deadline = deadline();
    if (result != null) {
      assertThat(deadline).as("deadline after the decision").isEmpty();
      return;
    }
    long laps = options.connectionRacing() == Strategy.HYBRID ? 2 : 1;
    assertThat(deadline.orElseThrow())
        .as("deadline")
        .isGreaterThan(now)
        .isLessThanOrEqualTo(laps * options.racingTimeout().toNanos());
  }

  private long connectedNow() {
    return open.keySet().stream().filter(connected::contains).count();
  }

  @Override
  public void dial(int attempt, Candidate candidate) {
    assertThat(connectedNow()).as("connected").isLessThan(options.maxConnectedAttempts());
    assertThat(attempt).as("attempts are numbered in start order").isEqualTo(dialled.size() + 1);
    if (!sent.isEmpty()) {
      assertThat(now - sent.lastEntry().getValue()).as("floor").isGreaterThanOrEqualTo(FLOOR);
    }
    dialled.put(attempt, candidate);
    open.put(attempt, now);
    sent.put(attempt, now);
    assertThat(open.size()).as("cap").isLessThanOrEqualTo(options.maxParallelConnections());
  }

  @Override
  public void close(int attempt, Outcome outcome) {
    assertThat(open.remove(attempt)).as("attempt %s is ended once", attempt).isNotNull();
    closed.put(attempt, outcome);
  }

  @Override
  public void decide(Result how, int won) {
    result = how;
    winner = won;
    assertThat(won > 0).as("a winner is there if the race is won").isEqualTo(how == Result.WON);
    if (how == Result.WON) {
      assertThat(ready).as("ready").contains(won);
      assertThat(open.remove(won)).as("the winner is open").isNotNull();
    }
    assertThat(open).as("left open by the decision").isEmpty();
    assertThat(cancelled || how != Result.CANCELLED).as("cancelled by the caller").isTrue();
    assertThat(now >= options.racingTimeout().toNanos() || how != Result.TIMED_OUT)
        .as("timed out at the timeout")
        .isTrue();
    checkReport();
  }

  private void checkReport() {
    RaceReport report = race.report();
    assertThat(report.result()).isEqualTo(result);
    assertThat(report.winner() == null ? 0 : report.winner().number()).isEqualTo(winner);
    assertThat(report.attempts()).hasSize(dialled.size());
    for (RaceReport.Attempt attempt : report.attempts()) {
      assertThat(attempt.candidate()).isEqualTo(dialled.get(attempt.number()));
      assertThat(attempt.end()).isBetween(attempt.start(), report.decidedAt());
      assertThat(attempt.outcome()).isNotNull();
      if (closed.containsKey(attempt.number())) {
        assertThat(attempt.outcome()).isEqualTo(closed.get(attempt.number()));
      }
      assertThat(attempt.outcome() == Outcome.WON).isEqualTo(attempt.number() == winner);
    }
  }

  /** When to come back, from the start of the race. */
  OptionalLong deadline() {
    OptionalLong deadline = race.deadline();
    return deadline.isPresent()
        ? OptionalLong.of(deadline.getAsLong() - startedAt)
        : OptionalLong.empty();
  }

  /** Lets time pass without events until the race is decided. */
  void finish() {
    for (int steps = 0; result == null; steps++) {
      assertThat(steps).as("drives of a race without events").isLessThan(10_000);
      drain(deadline().orElseThrow());
    }
  }

  Set<Integer> open() {
    return Set.copyOf(open.keySet());
  }

  int dialledCount() {
    return dialled.size();
  }

  boolean isDecided() {
    return result != null;
  }

  RaceReport report() {
    return race.report();
  }

  Race race() {
    return race;
  }
}
