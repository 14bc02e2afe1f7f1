package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;
import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.photofinish.race.address.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 8: the order of what happens in one instant. */
final class SameInstantTest extends RaceScript {
  private static final long MS = 1_000_000;

  @Test
  void readinessComesBeforeAStart() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250, ready(1));
    expect(won(1));
  }

  @Test
  void progressComesBeforeAStart() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250, connected(1));
    expectNothing();
    in(500);
    expect(dial(2, B));
  }

  @Test
  void aFailureComesBeforeAStart() {
    race("first-wins max-parallel-connections=1 renewal=off", A, B);
    in(0);
    expect(dial(1, A));
    in(250, refused(1));
    expect(dial(2, B));
  }

  @Test
  void anAnswerComesBeforeAStart() {
    resolving("first-wins", 1);
    in(0, aaaa(A6, B6));
    expect(dial(1, A6));
    in(250, a(A));
    expect(dial(2, A));
  }

  @Test
  void readinessComesBeforeTheCancel() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(100, ready(1), cancel());
    expect(won(1));
  }

  @Test
  void theLastFailureComesBeforeTheCancel() {
    race("first-wins", A);
    in(0);
    expect(dial(1, A));
    in(100, refused(1), cancel());
    expect(lost(Result.FAILED));
  }

  @Test
  void theLastNegativeAnswerComesBeforeTheCancel() {
    resolving("first-wins", 1);
    in(0, a());
    expectNothing();
    in(100, aaaa(), cancel());
    expect(lost(Result.FAILED));
  }

  @Test
  void theEndOfAShareComesBeforeTheCancel() {
    race("none", A, B);
    in(0);
    expect(dial(1, A));
    in(2500, cancel());
    expect(close(1, Outcome.FAILED), lost(Result.CANCELLED));
    assertThat(attempt(1).cause()).isEqualTo(Cause.TIMEOUT);
  }

  @Test
  void aCancelledRaceDoesNotStartWhatWasDue() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250, cancel());
    expect(close(1, CANCELLED), lost(Result.CANCELLED));
  }

  @Test
  void aCancelComesBeforeTheDecisionForAHeldAttempt() {
    race("last-wins", A);
    in(0);
    expect(dial(1, A));
    in(20, ready(1));
    expectNothing();
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(1250, cancel());
    expect(close(1, CANCELLED), close(2, CANCELLED), close(3, CANCELLED), lost(Result.CANCELLED));
  }

  @Test
  void readinessComesBeforeTheTimeout() {
    race("first-wins redial=off", A);
    in(0);
    expect(dial(1, A));
    in(5000, ready(1));
    expect(won(1));
  }

  @Test
  void theLastFailureComesBeforeTheTimeout() {
    race("first-wins redial=off", A);
    in(0);
    expect(dial(1, A));
    in(5000, refused(1));
    expect(lost(Result.FAILED));
  }

  @Test
  void theCancelComesBeforeTheTimeout() {
    race("first-wins redial=off", A);
    in(0);
    expect(dial(1, A));
    in(5000, cancel());
    expect(close(1, CANCELLED), lost(Result.CANCELLED));
  }

  @Test
  void theTimeoutComesBeforeAStart() {
    race("first-wins racing-timeout=250ms", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(close(1, TIMED_OUT), lost(Result.TIMED_OUT));
  }

  @Test
  void aHeldAttemptWinsBeforeTheTimeout() {
    race("last-wins racing-timeout=1s", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(500);
    expect(dial(3, A));
    in(1000, ready(2));
    expect(close(1, CANCELLED), close(3, CANCELLED), won(2));
  }

  @Test
  void theOlderOfTwoThatAreReadyWins() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, B));
    in(300, ready(1), ready(2));
    expect(close(2, CANCELLED), won(1));
  }

  @Test
  void inLastWinsTheNewerOfTwoThatAreReadyReplacesTheOlder() {
    race("last-wins max-parallel-connections=2", A);
    in(0);
    expect(dial(1, A));
    in(250);
    expect(dial(2, A));
    in(300, ready(1), ready(2));
    expect(close(1, REPLACED), won(2));
  }

  @Test
  void aNewerThatConnectsInTheInstantOfTheEvictionIsEvidence() {
    race("hybrid", A, B);
    in(0);
    expect(dial(1, A));
    in(2, connected(1));
    expectNothing();
    in(252);
    expect(dial(2, B));
    in(254, connected(2), closed(1));
    expectNothing();
    in(3000); // no further attempt while one is in progress
    expectNothing();
  }

  /** All that can happen in one instant, in the order of the contract. */
  private static final List<RaceEvent> INSTANT =
      List.of(ready(2), closed(1), closed(3), a(C), cancel());

  private static Stream<Arguments> orders() {
    return permutations(List.copyOf(INSTANT)).map(Arguments::of);
  }

  private static Stream<List<RaceEvent>> permutations(List<RaceEvent> events) {
    if (events.isEmpty()) {
      return Stream.of(List.of());
    }
    return IntStream.range(0, events.size())
        .boxed()
        .flatMap(
            i -> {
              List<RaceEvent> others = new ArrayList<>(events);
              RaceEvent first = others.remove((int) i);
              return permutations(others)
                  .map(rest -> Stream.concat(Stream.of(first), rest.stream()).toList());
            });
  }

  @ParameterizedTest
  @MethodSource("orders")
  void aDriverHandsOverAnInstantInAnyOrder(List<RaceEvent> events) {
    for (String strategy : List.of("first-wins", "last-wins", "hybrid")) {
      assertThat(outcome(strategy, events)).isEqualTo(outcome(strategy, INSTANT));
    }
  }

  /** The commands and the report of a race in which {@code events} happen at once. */
  private static String outcome(String strategy, List<RaceEvent> events) {
    Race race =
        new Race(
            "camera",
            1,
            RaceOptions.of(Map.of("connection-racing", strategy)),
            Comparator.comparing(Candidate::family),
            0);
    race.handle(0, aaaa(A6, B6));
    List<String> commands = new ArrayList<>();
    for (long at : List.of(0L, 250L, 500L)) {
      drain(race, at, commands);
    }
    race.handle(700 * MS, List.of(connected(3), connected(1), connected(2)));
    race.handle(750 * MS, events);
    drain(race, 750, commands);
    return commands + " " + race.report();
  }

  private static void drain(Race race, long at, List<String> commands) {
    for (RaceCommand c = race.poll(at * MS); c != null; c = race.poll(at * MS)) {
      commands.add(c.toString());
    }
  }

  @Test
  void theOrderIsTheContracts() {
    List<RaceEvent> events = new ArrayList<>(INSTANT);
    Collections.reverse(events);
    events.sort(RaceEvent.ORDER);
    assertThat(events).isEqualTo(INSTANT);
  }
}
