package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;
import static dev.photofinish.race.Outcome.REPLACED;
import static dev.photofinish.race.Outcome.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Rule 8: what happens in one instant, in its order. */
final class SameInstantTest extends RaceScript {

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
}
