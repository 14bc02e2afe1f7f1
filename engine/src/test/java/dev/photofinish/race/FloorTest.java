package dev.photofinish.race;

import static dev.photofinish.race.Outcome.CANCELLED;

import org.junit.jupiter.api.Test;

/** Rule 1: two starts are never less than 10 ms apart. */
final class FloorTest extends RaceScript {

  @Test
  void afterAFailureTheNextStartWaitsForTheFloor() {
    race("first-wins", A, B, C);
    in(0);
    expect(dial(1, A));
    in(0, refused(1));
    expectNothing();
    in(10);
    expect(dial(2, B));
    in(12, refused(2));
    expectNothing();
    in(20);
    expect(dial(3, C));
  }

  @Test
  void aFailureLaterThanTheFloorIsFollowedAtOnce() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(10, refused(1));
    expect(dial(2, B));
  }

  @Test
  void theFloorIsExactToTheNanosecond() {
    race("first-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(9.999999, refused(1));
    expectNothing();
    in(10);
    expect(dial(2, B));
  }

  @Test
  void anAttemptThatSentNothingDoesNotCount() {
    race("first-wins", A6, A, B);
    in(0);
    expect(dial(1, A6));
    in(0, ended(1, Cause.LOCAL));
    expect(dial(2, A));
    in(3, refused(2));
    expectNothing();
    in(10);
    expect(dial(3, B));
  }

  @Test
  void theFloorCountsFromTheLastAttemptThatSentSomething() {
    race("first-wins", A, A6, B);
    in(0);
    expect(dial(1, A));
    in(4, refused(1));
    expectNothing();
    in(10);
    expect(dial(2, A6));
    in(11, ended(2, Cause.LOCAL));
    expect(dial(3, B));
  }

  @Test
  void itHoldsForNone() {
    race("none", A, B);
    in(0);
    expect(dial(1, A));
    in(1, refused(1));
    expectNothing();
    in(10);
    expect(dial(2, B));
  }

  @Test
  void itHoldsForLastWins() {
    race("last-wins", A, B);
    in(0);
    expect(dial(1, A));
    in(1, refused(1));
    expectNothing();
    in(10);
    expect(dial(2, B));
  }

  @Test
  void itHoldsAcrossTheTwoRacesOfHybrid() {
    race("hybrid", A);
    in(0);
    expect(dial(1, A));
    in(1, connected(1));
    expectNothing();
    in(2, closed(1));
    expectNothing();
    in(10);
    expect(dial(2, A));
  }

  @Test
  void itHoldsForTheShortestDelay() {
    race("first-wins racing-delay-ms=10 allow-short-delay=on", A, B);
    in(0);
    expect(dial(1, A));
    in(10);
    expect(dial(2, B));
    in(12, ready(2));
    expect(close(1, CANCELLED), won(2));
  }

  @Test
  void itHoldsForACandidateThatComesLater() {
    resolving("first-wins", 1);
    in(0, aaaa(A6));
    expect(dial(1, A6));
    in(1, refused(1));
    expectNothing();
    in(5, a(A));
    expectNothing();
    in(10);
    expect(dial(2, A));
  }
}
